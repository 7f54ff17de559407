import titles from '../../examples/titles.json';

/** A few words in the two languages of Masar. */
export interface Title {
  en: string;
  ar: string;
}

/** An operation that is ready to run. */
export interface Example {
  /** Its path below examples/, such as policymaker/trace-path. */
  name: string;
  title: Title;
  document: string;
  /** The name of the operation that the document begins with. */
  operation: string;
  /** Indented JSON; empty where the operation needs none. */
  variables: string;
}

/** The examples for one sort of user. */
export interface Group {
  name: string;
  title: Title;
  examples: Example[];
}

const files = import.meta.glob<string>('../../examples/*/*.graphql', { query: '?raw', import: 'default', eager: true });

const examples = Object.entries(files).map(([path, document]): Example => {
  const name = path.replace('../../examples/', '').replace('.graphql', '');
  return { name, title: titleIn(titles.operations, name), document, operation: operationOf(document), variables: variablesOf(document) };
});

/** All examples, in the order of examples/titles.json. */
export const groups: Group[] = Object.entries(titles.groups)
  .map(([name, title]) => ({ name, title, examples: inOrder(examples.filter((e) => e.name.startsWith(`${name}/`))) }))
  .filter((group) => group.examples.length > 0);

/** The example of a name. */
export function exampleNamed(name: string): Example | undefined {
  return examples.find((e) => e.name === name);
}

function inOrder(some: Example[]): Example[] {
  const order = Object.keys(titles.operations);
  return some.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

/** A test in examples/ sees that every example has a title. */
function titleIn(all: Record<string, Title>, name: string): Title {
  return all[name] ?? { en: name, ar: name };
}

function operationOf(document: string): string {
  return /^(?:query|mutation) (\w+)/m.exec(document)?.[1] ?? '';
}

/** The variables that the comment at the head of a document names. */
function variablesOf(document: string): string {
  const written = /^# variables: (.*)$/m.exec(document)?.[1];
  return written ? JSON.stringify(JSON.parse(written), null, 2) : '';
}
