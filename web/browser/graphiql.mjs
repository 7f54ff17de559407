// Tests GraphiQL in Chromium as a user sees it. graphiql_test.go runs it and passes the input on stdin.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { browser, faults, input, newContext, picture } from './reader.mjs';

/** The operations of examples/ and their golden answers. @type {{ name: string, answer: unknown }[]} */
const examples = input.examples;

/** The page that was opened last. @type {import('playwright-core').Page | undefined} */
let last;

try {
  await welcomes();
  await hasExamples();
  await explainsTheSchema();
  await checksWhileTyping();
  await opensTheExampleOfALink();
  await opensTheOperationOfALink();
  await savesTheAnswer();
  await leadsToThePages();
  await putsArabicFirst();
  await hasANoteInArabic();
  for (const lang of ['en', 'ar']) await fitsAPhone(lang, 390, 844);
  await fitsAPhone('ar', 320, 640);
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
  assert.deepEqual(listed.toSorted(), examples.map((e) => e.name).toSorted());
  for (const { name, answer } of examples) {
    await page.click(`[data-example="${name}"]`);
    assert.deepEqual(await run(page), answer, name);
    if (name === 'policymaker/recommendations-for-target' || name === 'researcher/search') await picture(page, name.replace('/', '-'));
  }
  // An example that is already open is not opened again.
  const tabs = await page.locator('.graphiql-tab').count();
  await page.click(`[data-example="${examples[0]?.name}"]`);
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
  assert.deepEqual(await run(page), examples.find((e) => e.name === 'researcher/search')?.answer);
}

/** Pages link to their operation. It waits for the reader. */
async function opensTheOperationOfALink() {
  const query = 'query A { snapshot } query B($code: String!) { sdgTarget(code: $code) { code } }';
  const parameters = new URLSearchParams({ query, variables: '{"code":"16.6"}', operationName: 'B' });
  let sent = 0;
  const page = await open(`?${parameters}`, async (context) => {
    await context.route('**/graphql', (route) => {
      if (!route.request().postData()?.includes('__schema')) sent++;
      return route.continue();
    });
  });
  await see(page, '.graphiql-query-editor .view-lines', 'query B($code: String!) {');
  await see(page, '.graphiql-editor-tool .view-lines', '"code": "16.6"');
  assert.equal(await page.locator('.graphiql-tab').innerText(), 'B');
  assert.equal(sent, 0);
  // Like the run button, the keys ask for no choice if an operation is selected.
  await page.locator('.graphiql-query-editor .monaco-editor').first().click({ position: { x: 100, y: 170 } });
  await page.keyboard.press('Control+Enter');
  assert.deepEqual(await answered(page), { data: { sdgTarget: { code: '16.6' } } });
}

/** The button saves what is shown, and nothing before there is an answer. */
async function savesTheAnswer() {
  for (const [lang, label] of [['en', 'Save the answer حفظ الإجابة'], ['ar', 'حفظ الإجابة Save the answer']]) {
    const page = await open(`?lang=${lang}#researcher/search`);
    const button = page.locator(`button[aria-label="${label}"]`);
    assert.equal(await button.isDisabled(), true, lang);
    const answer = await run(page);
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    assert.equal(download.suggestedFilename(), 'masar-Search.json');
    assert.deepEqual(JSON.parse(await readFile(await download.path(), 'utf8')), answer);
  }
}

async function leadsToThePages() {
  const page = await open();
  const links = await page.locator('header.masar a').evaluateAll((all) => all.map((a) => [/** @type {HTMLAnchorElement} */ (a).pathname, a.closest('[lang]')?.getAttribute('lang')]));
  assert.deepEqual(links, [['/en/', 'en'], ['/en/developers', 'en'], ['/ar/', 'ar'], ['/ar/developers', 'ar']]);
}

/** ?lang=ar, or else the language of the browser. */
async function putsArabicFirst() {
  for (const [address, locale, first] of [['', 'en-GB', 'en'], ['?lang=ar', 'en-GB', 'ar'], ['', 'ar-EG', 'ar'], ['?lang=en', 'ar-EG', 'en']]) {
    const page = await open(address, undefined, { locale });
    const example = page.locator('[data-example="policymaker/action-plan"]');
    assert.equal(await example.locator('span').first().getAttribute('lang'), first, `${address} ${locale}`);
    if (address === '') continue;
    await example.click();
    assert.deepEqual(JSON.parse(await textOf(page, 'variables.json')).lang, first === 'ar' ? ['AR', 'EN'] : ['EN']);
    const { data } = await run(page);
    assert.match(data.assembleActionPlan.phases[0].name.value, first === 'ar' ? /^المرحلة 1: [\u0600-\u06ff ]+$/ : /^Phase 1: [A-Za-z ]+$/);
    await picture(page, `first-${first}`);
  }
}

async function hasANoteInArabic() {
  const page = await open();
  const note = page.locator('#note');
  assert.deepEqual([await note.getAttribute('lang'), await note.getAttribute('dir')], ['ar', 'rtl']);
  assert.equal(await note.locator('a').getAttribute('href'), '../ar/developers');
  await note.locator('button').click();
  assert.equal(await note.isVisible(), false);
  await page.reload();
  await page.locator('.result-window .monaco-editor').waitFor();
  assert.equal(await note.isVisible(), false, 'a closed note stays closed');
}

/**
 * One column with the run button in the screen, and the answer in the screen after a run.
 * @param {string} lang
 * @param {number} width
 * @param {number} height
 */
async function fitsAPhone(lang, width, height) {
  const what = `${lang} at ${width}`;
  const page = await open(`?lang=${lang}`, undefined, { viewport: { width, height }, isMobile: true, hasTouch: true });
  assert.equal(await page.locator('#note').isVisible(), lang === 'ar', what);
  assert.equal(await page.locator('.examples').count(), 0, `${what}: the examples are closed`);
  assert.equal(await page.locator('.graphiql-editor-tool').evaluate((e) => e.getBoundingClientRect().right > 0), false, `${what}: the variables are closed`);
  const button = await box(page, '.graphiql-execute-button');
  assert.ok(button.x >= 0 && button.y >= 0 && button.x + button.width <= width && button.y + button.height <= height, `${what}: ${JSON.stringify(button)}`);
  assert.ok(button.width >= 44 && button.height >= 44, `${what}: ${JSON.stringify(button)}`);
  assert.ok((await box(page, '.graphiql-query-editor')).height >= 0.4 * height, what);
  await picture(page, `phone-${lang}-${width}`);

  // An example opens in the editor, which the list has covered.
  await page.click('[aria-label^="Show Examples"]');
  await picture(page, `phone-${lang}-${width}-examples`);
  await staysInWidth(page, width, what);
  await page.click('[data-example="policymaker/recommendations-for-target"]');
  assert.equal(await page.locator('.examples').count(), 0, what);

  const { data } = await run(page);
  assert.equal(data.sdgTarget.code, '16.6');
  await page.waitForFunction((height) => {
    const answer = document.querySelector('.result-window')?.getBoundingClientRect();
    return answer && answer.top >= 0 && answer.bottom <= height + 1;
  }, height);
  const answer = await box(page, '.result-window');
  assert.ok(answer.height >= 0.4 * height && answer.width >= width - 32, `${what}: ${JSON.stringify(answer)}`);
  assert.deepEqual(await box(page, '.graphiql-execute-button'), button, `${what}: the button stays`);
  await staysInWidth(page, width, what);
  await picture(page, `phone-${lang}-${width}-answer`);
}

/**
 * Nothing but an editor scrolls sideways.
 * @param {import('playwright-core').Page} page
 * @param {number} width
 * @param {string} what
 */
async function staysInWidth(page, width, what) {
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('html, body, body *')]
      .filter((e) => !e.closest('.monaco-editor') && e.scrollWidth > e.clientWidth && /auto|scroll|visible/.test(getComputedStyle(e).overflowX))
      .filter((e) => e.getBoundingClientRect().left + e.scrollWidth > innerWidth)
      .map((e) => `${e.localName}.${e.className} ${e.scrollWidth}`),
  );
  assert.deepEqual(wide, [], what);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, what);
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} selector
 */
async function box(page, selector) {
  const found = await page.locator(selector).boundingBox();
  if (!found) throw new Error(`${selector} is not shown`);
  return found;
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
 * @param {string} [address] the query and fragment of its address
 * @param {(context: import('playwright-core').BrowserContext) => Promise<void>} [before]
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
async function open(address = '', before, options) {
  const context = await newContext({ viewport: { width: 1440, height: 900 }, ...options });
  await before?.(context);
  const page = (last = await context.newPage());
  await page.goto(`${input.service}/graphiql/${address}`);
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
  return answered(page);
}

/**
 * Waits for the answer in the result pane.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<any>}
 */
async function answered(page) {
  const shown = await page.waitForFunction(() => {
    // @ts-expect-error GraphiQL puts its editor's module there.
    const model = globalThis.__MONACO.editor.getModels().find((m) => m.uri.path.endsWith('response.json'));
    const fetching = document.querySelector('.result-window .graphiql-spinner, .graphiql-response .graphiql-spinner');
    return !fetching && model?.getValue();
  });
  return JSON.parse(await shown.jsonValue());
}

/**
 * The text of an editor, with the lines that are out of sight.
 * @param {import('playwright-core').Page} page
 * @param {string} file the end of the name that GraphiQL gives to it
 */
async function textOf(page, file) {
  return page.evaluate((file) => {
    // @ts-expect-error GraphiQL puts its editor's module there.
    return /** @type {string} */ (globalThis.__MONACO.editor.getModels().find((m) => m.uri.path.endsWith(file)).getValue());
  }, file);
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
