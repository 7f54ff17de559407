import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useState } from 'react';

/** Selects the operation that a link names, among those of its document. */
export function ChosenOperation({ name }: { name: string | null }): null {
  const { setOperationName } = useGraphiQLActions();
  const { operations, operationName } = useGraphiQL(pick('operations', 'operationName'));
  const [isDone, setIsDone] = useState(false);
  useEffect(() => {
    if (isDone || !name || !operations?.length) return;
    if (operationName !== name) setOperationName(name);
    setIsDone(true);
  }, [isDone, name, operations, operationName, setOperationName]);
  return null;
}
