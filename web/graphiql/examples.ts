import titles from '../../examples/titles.json';
import { languages } from './language';

/** A text in both languages. */
export interface Title {
  en: string;
  ar: string;
}

/** An operation with variables. */
export interface Example {
  /** Path below examples/ without the extension, such as policymaker/trace-path. */
  name: string;
  title: Title;
  document: string;
  /** Name of the document's first operation. */
  operation: string;
  /** Indented JSON; empty if the operation has no variables. */
  variables: string;
}

/** The examples for one group of users. */
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

/** Returns the example with a name. */
export function exampleNamed(name: string): Example | undefined {
  return examples.find((e) => e.name === name);
}

function inOrder(some: Example[]): Example[] {
  const order = Object.keys(titles.operations);
  return some.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

/** Returns the title of an example; a test in examples/ checks that each has one. */
function titleIn(all: Record<string, Title>, name: string): Title {
  return all[name] ?? { en: name, ar: name };
}

function operationOf(document: string): string {
  return /^(?:query|mutation) (\w+)/m.exec(document)?.[1] ?? '';
}

/** Returns the variables in the first comment of a document. For a reader of Arabic, $lang asks for Arabic texts first. */
function variablesOf(document: string): string {
  const written = /^# variables: (.*)$/m.exec(document)?.[1];
  if (!written) return '';
  const variables: Record<string, unknown> = JSON.parse(written);
  if (languages[0] === 'ar' && 'lang' in variables) variables.lang = ['AR', 'EN'];
  return JSON.stringify(variables, null, 2);
}
