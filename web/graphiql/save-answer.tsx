import { pick, ToolbarButton, useGraphiQL } from '@graphiql/react';
import { useEffect, useState } from 'react';
import { languages } from './language';

const label = { en: 'Save the answer', ar: 'حفظ الإجابة' };

/** Saves the answer that is shown as a JSON file, named after its operation. Without an answer, the button does nothing. */
export function SaveAnswer() {
  const { responseEditor, operationName } = useGraphiQL(pick('responseEditor', 'operationName'));
  const [isEmpty, setIsEmpty] = useState(true);
  useEffect(() => {
    const look = () => setIsEmpty(!responseEditor?.getValue());
    look();
    const watched = responseEditor?.onDidChangeModelContent(look);
    return () => watched?.dispose();
  }, [responseEditor]);
  return (
    <ToolbarButton
      label={languages.map((language) => label[language]).join(' ')}
      disabled={isEmpty}
      onClick={() => save(`masar-${operationName ?? 'answer'}.json`, responseEditor?.getValue() ?? '')}
    >
      <svg className="graphiql-toolbar-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
        <path d="M12 4v11M7 11l5 5 5-5M5 20h14" />
      </svg>
    </ToolbarButton>
  );
}

/** Offers a text to the reader as a file. */
function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
