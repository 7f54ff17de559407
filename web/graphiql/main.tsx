import '@graphiql/react/setup-workers/vite';
import 'graphiql/style.css';
import './style.css';

import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { parse, print } from 'graphql';
import { createRoot } from 'react-dom/client';
import { AnswerInView } from './answer-in-view';
import { exampleNamed } from './examples';
import { EXAMPLES_PLUGIN } from './examples-pane';
import { ChosenOperation } from './chosen-operation';
import { isPhone } from './layout';
import { showNote } from './note';
import { SaveAnswer } from './save-answer';
import { WrappedLines } from './wrapped-lines';
import welcome from './welcome.graphql?raw';

const fetcher = createGraphiQLFetcher({
  url: new URL('../graphql', document.baseURI).href,
  enableIncrementalDelivery: false,
  fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, { ...init, credentials: 'omit' }),
});

const plugins = [EXAMPLES_PLUGIN, HISTORY_PLUGIN];

/** The operation in the URL: that of ?query=&variables=, or the example in the fragment. Pages link to both. It does not run by itself. */
const parameters = new URLSearchParams(location.search);
const query = parameters.get('query');
const asked = query ? { document: laidOut(query), variables: indented(parameters.get('variables')) } : exampleNamed(location.hash.slice(1));

/** Links have an operation in one line. */
function laidOut(document: string): string {
  try {
    return print(parse(document));
  } catch {
    return document; // the editor shows what is wrong with it
  }
}

function indented(json: string | null): string {
  try {
    return json ? JSON.stringify(JSON.parse(json), null, 2) : '';
  } catch {
    return json ?? '';
  }
}

showNote();

createRoot(document.getElementById('graphiql')!).render(
  <GraphiQL
    fetcher={fetcher}
    plugins={plugins}
    visiblePlugin={isPhone.matches ? undefined : EXAMPLES_PLUGIN}
    defaultQuery={welcome}
    defaultEditorToolsVisibility={isPhone.matches ? false : 'variables'}
    inputValueDeprecation
    schemaDescription
    shouldPersistHeaders={false}
    {...(asked && { initialQuery: asked.document, initialVariables: asked.variables })}
  >
    <GraphiQL.Logo>GraphiQL</GraphiQL.Logo>
    <GraphiQL.Toolbar>
      {({ prettify, merge, copy }) => (
        <>
          {prettify}
          {merge}
          {copy}
          <SaveAnswer />
        </>
      )}
    </GraphiQL.Toolbar>
    <WrappedLines />
    <AnswerInView />
    <ChosenOperation name={query ? parameters.get('operationName') : null} />
  </GraphiQL>,
);
