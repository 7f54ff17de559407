// Tests GraphiQL in Chromium as a user sees it. graphiql_test.go runs it and passes the input on stdin.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { chromium } from 'playwright-core';

/** @typedef {{ name: string, answer: unknown }} Example an operation of examples/, and its golden answer */
/** @typedef {{ service: string, chromium: string, screenshots: string, examples: Example[] }} Input */

const input = /** @type {Input} */ (await json(process.stdin));

/** The timeout of every step in milliseconds; test machines can be slow. */
const patience = 60_000;

const browser = await chromium.launch({
  executablePath: input.chromium,
  timeout: patience,
  args: [
    ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    ...['--disable-component-update', '--disable-sync'],
    '--proxy-server=127.0.0.1:9', // nothing listens there, so other hosts cannot be reached
  ],
});

/** Requests to other hosts, and errors in the browser's console. @type {string[]} */
const faults = [];

/** The page that was opened last. @type {import('playwright-core').Page | undefined} */
let last;

try {
  await welcomes();
  await hasExamples();
  await explainsTheSchema();
  await checksWhileTyping();
  await opensTheExampleOfALink();
  await worksWithoutIntrospection();
  assert.deepEqual(faults, []);
} catch (error) {
  if (last) await picture(last, 'failure');
  console.error(faults.join('\n'));
  throw error;
} finally {
  await browser.close();
}

async function welcomes() {
  const page = await open();
  assert.equal(await page.title(), 'Masar مسار – GraphiQL');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  const { data } = await run(page);
  assert.equal(data.sdgTarget.english.value, 'Effective, accountable and transparent institutions at all levels');
  const [first, second] = data.sdgTarget.arabic.value.split(' ');
  await see(page, '.result-window', `${first} ${second}`); // two words only: the pane breaks long lines
  await picture(page, 'welcome');
}

async function hasExamples() {
  const page = await open();
  const listed = await page.locator('[data-example]').evaluateAll((all) => all.map((e) => e.getAttribute('data-example')));
  assert.deepEqual(listed.toSorted(), input.examples.map((e) => e.name).toSorted());
  for (const { name, answer } of input.examples) {
    await page.click(`[data-example="${name}"]`);
    assert.deepEqual(await run(page), answer, name);
    if (name === 'policymaker/recommendations-for-target' || name === 'researcher/search') await picture(page, name.replace('/', '-'));
  }
  // An example that is already open is not opened again.
  const tabs = await page.locator('.graphiql-tab').count();
  await page.click(`[data-example="${input.examples[0]?.name}"]`);
  assert.equal(await page.locator('.graphiql-tab').count(), tabs);
}

async function explainsTheSchema() {
  const page = await open();
  await page.click('[aria-label="Show Documentation Explorer"]');
  await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).click();
  await page.locator('.graphiql-doc-explorer').getByText('sdgTarget', { exact: true }).click();
  await see(page, '.graphiql-doc-explorer', 'SdgTarget');
  await picture(page, 'documentation');
}

/** The editors report faults of a query and of its variables. */
async function checksWhileTyping() {
  const page = await open();
  for (const [editor, wrong, complaint] of [
    ['.graphiql-query-editor', '{ nonsense', 'Cannot query field "nonsense"'], // the editor adds the closing bracket
    ['.graphiql-editor-tool', 'nonsense', 'Expected a JSON object, array or literal'],
  ]) {
    await page.locator(`${editor} .monaco-editor`).first().click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(/** @type {string} */ (wrong));
    await page.waitForFunction(
      // @ts-expect-error GraphiQL puts its editor's module there.
      (text) => globalThis.__MONACO.editor.getModelMarkers({}).some((marker) => marker.message.includes(text)),
      complaint,
    );
  }
}

async function opensTheExampleOfALink() {
  const page = await open('#researcher/search');
  assert.deepEqual(await run(page), input.examples.find((e) => e.name === 'researcher/search')?.answer);
}

async function worksWithoutIntrospection() {
  const page = await open('', async (context) => {
    await context.route('**/graphql', (route) =>
      route.request().postData()?.includes('__schema')
        ? route.fulfill({ json: { errors: [{ message: 'introspection is off' }] } })
        : route.continue(),
    );
  });
  assert.ok((await run(page)).data);
}

/**
 * Opens GraphiQL as a new visitor and waits for its editors.
 * @param {string} [hash]
 * @param {(context: import('playwright-core').BrowserContext) => Promise<void>} [before]
 */
async function open(hash = '', before) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(patience);
  // These events cover the page, its frames and its workers.
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== input.service && !['blob:', 'data:'].includes(url.protocol)) faults.push(`asks ${url.href}`);
  });
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => faults.push(`script: ${error.error().stack}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (e) => console.error(`against the policy: ${e.violatedDirective} ${e.blockedURI}`));
  });
  await before?.(context);
  const page = (last = await context.newPage());
  await page.goto(`${input.service}/graphiql/${hash}`);
  await page.locator('.result-window .monaco-editor').waitFor();
  return page;
}

/**
 * Runs the operation in the editor and returns the answer in the result pane.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<any>}
 */
async function run(page) {
  await page.click('.graphiql-execute-button');
  const shown = await page.waitForFunction(() => {
    // @ts-expect-error GraphiQL puts its editor's module there.
    const model = globalThis.__MONACO.editor.getModels().find((m) => m.uri.path.endsWith('response.json'));
    const fetching = document.querySelector('.result-window .graphiql-spinner, .graphiql-response .graphiql-spinner');
    return !fetching && model?.getValue();
  });
  return JSON.parse(await shown.jsonValue());
}

/**
 * Waits until an element contains some words. The editor writes no-break spaces.
 * @param {import('playwright-core').Page} page
 * @param {string} where
 * @param {string} words
 */
async function see(page, where, words) {
  await page.waitForFunction(
    ([where, words]) => document.querySelector(where)?.textContent?.replaceAll('\u00a0', ' ').includes(words),
    /** @type {[string, string]} */ ([where, words]),
  );
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
async function picture(page, name) {
  if (input.screenshots) await page.screenshot({ path: join(input.screenshots, `${name}.png`) });
}
