import { useGraphiQL } from '@graphiql/react';
import { useEffect, useRef } from 'react';
import { isPhone } from './layout';

/** Scrolls to the answer when an operation has run, on phones, where the answer is below the operation. */
export function AnswerInView(): null {
  const isFetching = useGraphiQL((state) => state.isFetching);
  const wasFetching = useRef(isFetching);
  useEffect(() => {
    const isDone = wasFetching.current && !isFetching;
    wasFetching.current = isFetching;
    if (isDone && isPhone.matches) document.querySelector('.graphiql-response')?.scrollIntoView({ block: 'end' });
  }, [isFetching]);
  return null;
}
