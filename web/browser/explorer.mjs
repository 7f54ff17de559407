// Tests the explorer's pages in Chromium as readers use them. explorer_test.go runs it and passes the input on stdin.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { browser, faults, input, newContext, picture } from './reader.mjs';

/** @type {string[]} */
const paths = input.paths;
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The maximum sizes in bytes as they are transferred, and the maximum number of requests of a page. */
const budgets = { html: 15_000, css: 8_000, script: 10_000, font: { ar: 135_000, en: 90_000 }, requests: 8 };

/** The maximum sizes of pages that have more: the text of a document, the counts of every filter, all that concerns a country. @type {[RegExp, number][]} */
const longer = [
  [/\/documents\//, 40_000],
  [/\/claims$/, 17_500],
  [/\/countries\/[A-Z]+\?/, 16_000],
];

/** @type {('ar' | 'en')[]} */
const languages = ['ar', 'en'];

try {
  for (const path of paths) {
    for (const lang of languages) {
      const address = `/${lang}${path}`;
      const page = await isWithinBudget(address, lang);
      await worksWithoutScripts(address, page);
      await worksByKeyboard(address, page);
      await page.evaluate(() => {
        document.querySelectorAll('details').forEach((d) => (d.open = true));
        // Cells that a reader scrolls under the heading of their row count as small targets.
        document.querySelectorAll('[tabindex="0"]').forEach((region) => region.scrollTo(0, 0));
      });
      await isAccessible(address, page);
      await fitsScreens(address, page);
      await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = false)));
      await prints(address, page);
      await page.context().close();
    }
  }
  await writesTargets();
  assert.deepEqual(faults, []);
} catch (error) {
  console.error(faults.join('\n'));
  throw error;
} finally {
  await browser.close();
}

/**
 * axe finds nothing, in light and dark.
 * @param {string} address
 * @param {import('playwright-core').Page} page
 */
async function isAccessible(address, page) {
  await page.evaluate(axe);
  for (const colorScheme of /** @type {('light' | 'dark')[]} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate(
      // @ts-expect-error axe is a global of the script above.
      () => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
    );
    for (const violation of found.violations) {
      const where = violation.nodes.map((/** @type {any} */ n) => n.target.join(' ')).slice(0, 3);
      faults.push(`${address} (${colorScheme}): ${violation.id}: ${where.join(', ')}`);
    }
    await picture(page, `${address}-${colorScheme}`, true);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/**
 * Nothing scrolls sideways: on a phone, at 200 % zoom and on a desk.
 * @param {string} address
 * @param {import('playwright-core').Page} page
 */
async function fitsScreens(address, page) {
  for (const width of [320, 640, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const reaches = await page.evaluate(() => document.documentElement.scrollWidth);
    if (reaches > width) faults.push(`${address} is ${reaches} px wide on a screen of ${width} px`);
    await picture(page, `${address}-${width}`, true);
  }
}

/**
 * @param {string} address
 * @param {'ar' | 'en'} lang
 */
async function isWithinBudget(address, lang) {
  const context = await visitor({});
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const sizes = { html: 0, css: 0, script: 0, font: 0 };
  let requests = 0;
  /** @type {Map<string, string>} */
  const kinds = new Map();
  session.on('Network.responseReceived', (e) => {
    if (!e.response.url.startsWith('data:')) kinds.set(e.requestId, e.type);
  });
  session.on('Network.loadingFinished', (e) => {
    const kind = { Document: 'html', Stylesheet: 'css', Script: 'script', Font: 'font' }[kinds.get(e.requestId) ?? ''];
    if (!kinds.has(e.requestId)) return;
    requests++;
    if (kind) sizes[/** @type {keyof typeof sizes} */ (kind)] += e.encodedDataLength;
  });
  const began = Date.now();
  await page.goto(input.service + address, { waitUntil: 'networkidle' });
  const took = Date.now() - began;
  const most = { ...budgets, html: longer.find(([page]) => page.test(address))?.[1] ?? budgets.html, font: budgets.font[lang] };
  for (const kind of /** @type {(keyof typeof sizes)[]} */ (Object.keys(sizes))) {
    if (sizes[kind] > most[kind]) faults.push(`${address} loads ${sizes[kind]} bytes of ${kind}, more than ${most[kind]}`);
  }
  if (requests > budgets.requests) faults.push(`${address} sends ${requests} requests`);
  console.log(`${address}: ${JSON.stringify(sizes)} bytes, ${requests} requests, ${took} ms`);
  return page;
}

/**
 * Tab goes through the page in order, shows where it is, and the first stop leads to the main content.
 * @param {string} address
 * @param {import('playwright-core').Page} page
 */
async function worksByKeyboard(address, page) {
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement?.getAttribute('href'));
  if (first !== '#main') faults.push(`${address}: the first stop is ${first} and not the skip link`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const inMain = await page.evaluate(() => !!document.activeElement?.closest('main'));
  if (!inMain) faults.push(`${address}: the skip link does not lead into the main content`);
  const stops = await page.evaluate(() => document.querySelectorAll('main a[href], main button, main select, main input:not([type=hidden]), main summary').length);
  for (let i = 0; i < Math.min(stops, 30); i++) {
    const outlined = await page.evaluate(() => {
      const at = document.activeElement;
      return !at || at === document.body || getComputedStyle(at).outlineStyle !== 'none';
    });
    if (!outlined) faults.push(`${address}: the focus cannot be seen at stop ${i}`);
    const covered = await page.evaluate(() => {
      const list = document.querySelector('auto-complete[open]');
      return !!list && !list.contains(document.activeElement);
    });
    if (covered) faults.push(`${address}: suggestions of a field stay open at stop ${i}, where the reader has left it`);
    await page.keyboard.press('Tab');
  }
}

/**
 * Without scripts the page has the same text.
 * @param {string} address
 * @param {import('playwright-core').Page} withScripts the page as it was loaded: a reader has done nothing yet
 */
async function worksWithoutScripts(address, withScripts) {
  const without = await open(address, { javaScriptEnabled: false });
  const [text, expected] = await Promise.all([without, withScripts].map((page) => page.locator('main').innerText()));
  if (text !== expected) faults.push(`${address} has another text without scripts:\n${text}\nand with scripts:\n${expected}`);
  await without.context().close();
}

/**
 * In print nothing lies outside the paper, and everything is open.
 * @param {string} address
 * @param {import('playwright-core').Page} page
 */
async function prints(address, page) {
  await page.setViewportSize({ width: 672, height: 950 }); // A4 without its margins
  await page.emulateMedia({ media: 'print' });
  const outside = await page.evaluate(() => {
    const lost = [];
    for (const e of document.querySelectorAll('main *')) {
      const { left, right, width } = e.getBoundingClientRect();
      if (width > 1 && (left < -1 || right > innerWidth + 1)) lost.push(`${e.tagName}.${e.className}`);
    }
    for (const details of document.querySelectorAll('main details')) {
      if (!details.checkVisibility()) continue; // print leaves it out
      const text = details.querySelector(':scope > :not(summary)');
      if (text?.getBoundingClientRect().height === 0) lost.push(`closed details: ${details.textContent?.trim().slice(0, 40)}`);
    }
    return lost;
  });
  if (outside.length > 0) faults.push(`${address} loses in print: ${outside.slice(0, 3).join(', ')}`);
  await picture(page, `${address}-print`, true);
}

/** "الغاية 16-6" is read from right to left: 16 stands to the right of 6. */
async function writesTargets() {
  const page = await open('/ar/targets/16.6', {});
  const [sixteen, six] = await page.evaluate(() => {
    const walker = document.createTreeWalker(/** @type {Element} */ (document.querySelector('.eyebrow')), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf('16-6') ?? -1;
      if (at < 0) continue;
      return [[at, at + 2], [at + 3, at + 4]].map(([from, to]) => {
        const range = document.createRange();
        range.setStart(/** @type {Node} */ (node), from ?? 0);
        range.setEnd(/** @type {Node} */ (node), to ?? 0);
        return range.getBoundingClientRect().left;
      });
    }
    return [];
  });
  assert.ok(sixteen !== undefined && six !== undefined && sixteen > six, `16 is at ${sixteen}, 6 at ${six}`);
  await page.context().close();
}

/**
 * Opens a page as a new visitor.
 * @param {string} address
 * @param {import('playwright-core').BrowserContextOptions} options
 */
async function open(address, options) {
  const context = await visitor(options);
  const page = await context.newPage();
  await page.goto(input.service + address);
  return page;
}

/** @param {import('playwright-core').BrowserContextOptions} options */
function visitor(options) {
  return newContext({ viewport: { width: 1280, height: 900 }, ...options }, /status of 4\d\d/); // a page of an error
}
