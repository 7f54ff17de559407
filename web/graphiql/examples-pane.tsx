import { pick, useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from '@graphiql/react';
import { groups, type Example, type Title } from './examples';
import { languages } from './language';
import { isPhone } from './layout';

/** The pane that lists the examples. Each opens in a tab of its own. */
export const EXAMPLES_PLUGIN: GraphiQLPlugin = { title: 'Examples أمثلة', icon: Icon, content: Pane };

function Pane() {
  const open = useOpen();
  return (
    <section className="examples" aria-label="Examples" dir={directionOf(languages[0])}>
      <header className="graphiql-doc-explorer-title">
        <Both title={{ en: 'Examples', ar: 'أمثلة' }} />
      </header>
      {groups.map((group) => (
        <section key={group.name}>
          <h3>
            <Both title={group.title} />
          </h3>
          <ul>
            {group.examples.map((example) => (
              <li key={example.name}>
                <button type="button" data-example={example.name} onClick={() => open(example)}>
                  <Both title={example.title} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

/** Opens an example in its tab, or in a new one. On phones, this closes the pane, which covers the editors. */
function useOpen(): (example: Example) => void {
  const { addTab, changeTab, setOperationName, setVisiblePlugin, updateActiveTabValues } = useGraphiQLActions();
  const { tabs, queryEditor, variableEditor } = useGraphiQL(pick('tabs', 'queryEditor', 'variableEditor'));
  return ({ document, operation, variables }) => {
    if (isPhone.matches) setVisiblePlugin(null);
    const there = tabs.findIndex((tab) => tab.query === document && (tab.variables ?? '') === variables);
    if (there >= 0) {
      changeTab(there);
      return;
    }
    addTab();
    queryEditor?.setValue(document);
    variableEditor?.setValue(variables);
    updateActiveTabValues({ query: document, variables });
    setOperationName(operation);
  };
}

/** A text in both languages, the reader's first. */
function Both({ title }: { title: Title }) {
  return languages.map((language) => (
    <span key={language} lang={language} dir={directionOf(language)}>
      {title[language]}
    </span>
  ));
}

function directionOf(language: string): 'rtl' | 'ltr' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

function Icon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" height="1em">
      <path d="M9 6h11M9 12h11M9 18h11" />
      <path d="M4 6h.01M4 12h.01M4 18h.01" strokeWidth="3" />
    </svg>
  );
}
