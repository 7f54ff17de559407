import '@graphiql/react/setup-workers/vite';
import 'graphiql/style.css';
import './style.css';

import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { exampleNamed } from './examples';
import { EXAMPLES_PLUGIN } from './examples-pane';
import { WrappedLines } from './wrapped-lines';
import welcome from './welcome.graphql?raw';

const fetcher = createGraphiQLFetcher({
  url: new URL('../graphql', document.baseURI).href,
  enableIncrementalDelivery: false,
  fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, { ...init, credentials: 'omit' }),
});

const plugins = [EXAMPLES_PLUGIN, HISTORY_PLUGIN];

/** The example in the URL's fragment, so that pages can link to it. */
const asked = exampleNamed(location.hash.slice(1));

createRoot(document.getElementById('graphiql')!).render(
  <GraphiQL
    fetcher={fetcher}
    plugins={plugins}
    visiblePlugin={EXAMPLES_PLUGIN}
    defaultQuery={welcome}
    defaultEditorToolsVisibility="variables"
    inputValueDeprecation
    schemaDescription
    shouldPersistHeaders={false}
    {...(asked && { initialQuery: asked.document, initialVariables: asked.variables })}
  >
    <GraphiQL.Logo>
      <span>Masar</span> <span lang="ar">مسار</span>
    </GraphiQL.Logo>
    <WrappedLines />
  </GraphiQL>,
);
