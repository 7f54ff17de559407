// Readers go from the home page to what they came for, by keyboard alone, in both languages. explorer_test.go runs it and
// passes the input on stdin.
import assert from 'node:assert/strict';
import { browser, faults, input, newContext, picture } from './reader.mjs';

/** A reader who only uses the keyboard. */
class Reader {
  keys = 0;
  pages = 1;

  /**
   * @param {import('playwright-core').Page} page
   * @param {string} lang
   */
  constructor(page, lang) {
    this.page = page;
    this.lang = lang;
  }

  /** @param {string} key */
  async press(key) {
    this.keys++;
    await this.page.keyboard.press(key);
  }

  /** @param {string} text */
  async type(text) {
    this.keys += text.length;
    await this.page.keyboard.type(text);
  }

  /**
   * Presses Tab until the focus is where a selector says.
   * @param {string} selector
   */
  async goTo(selector) {
    for (let i = 0; i < 400; i++) {
      await this.press('Tab');
      if (await this.page.evaluate((s) => !!document.activeElement?.matches(s), selector)) return;
    }
    throw new Error(`${this.page.url()}: Tab does not reach ${selector}`);
  }

  /**
   * Chooses a value in a list with the arrow keys.
   * @param {string} selector
   * @param {string} value
   */
  async choose(selector, value) {
    await this.goTo(selector);
    for (let i = 0; i < 300; i++) {
      if ((await this.page.locator(selector).inputValue()) === value) return;
      await this.press('ArrowDown');
    }
    throw new Error(`${this.page.url()}: ${selector} has no ${value}`);
  }

  /**
   * Follows the first link or presses the first button that a selector matches.
   * @param {string} selector
   * @param {RegExp} address where it leads
   */
  async follow(selector, address) {
    await this.goTo(selector);
    await this.submit(address);
  }

  /**
   * Presses Enter and skips to the content of the next page, unless the address leads to a place in it.
   * @param {RegExp} address where Enter leads
   */
  async submit(address) {
    await this.press('Enter');
    await this.page.waitForURL(address);
    await this.page.waitForLoadState();
    this.pages++;
    if (new URL(this.page.url()).hash) return;
    await this.press('Tab');
    await this.press('Enter');
  }

  /**
   * What is found without scrolling.
   * @param {string} selector
   */
  async seesAtOnce(selector) {
    const box = await this.page.locator(selector).first().boundingBox();
    assert.ok(box && box.y >= 0 && box.y < 900, `${this.page.url()}: ${selector} is not in the window, but at ${box?.y}`);
  }

  /**
   * Presses Enter on a link to a file.
   * @param {string} selector
   * @returns the name of the file and its content
   */
  async download(selector) {
    await this.goTo(selector);
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.press('Enter')]);
    const parts = [];
    for await (const part of await download.createReadStream()) parts.push(part);
    return { name: download.suggestedFilename(), content: Buffer.concat(parts) };
  }
}

/** @type {Record<string, (r: Reader) => Promise<void>>} */
const journeys = {
  /** What is recommended for target 16.6 in Egypt, and who says so? */
  policymaker: async (r) => {
    await r.goTo('#q');
    await r.type('16.6');
    await r.submit(/\/targets\/16\.6$/);
    await r.seesAtOnce('.answer');
    await r.follow('.card h3 a', /\/recommendations\//);
    await r.goTo('details.sources > summary');
    await r.press('Enter');
    await r.follow('.quote figcaption a[href*="/documents/"]', /\/documents\/.*at=/);
    await r.seesAtOnce('#here, .here, .asked');
    await r.follow('a.brand', /\/(ar|en)\/$/);
    await r.choose('#country', 'EGY');
    await r.follow('form[action$="/countries"] button', /\/countries\/EGY\?.*target=16\.6/);
    await r.seesAtOnce('.answer');
  },

  /** How are ENACT and InnoPA linked, and who says so? */
  researcher: async (r) => {
    await r.goTo('#q');
    await r.type('ENACT');
    await r.submit(/\/initiatives\/ENACT$/);
    await r.goTo('input[name="i"][value="INNOPA"]');
    await r.press('Space');
    await r.follow('form[action$="/compare"] button', /\/compare\?i=ENACT&i=INNOPA/);
    await r.follow('a[href*="/paths?"]', /\/paths\?/);
    await r.follow('.steps a[href*="/claims/"]', /\/claims\//);
    await r.follow('.quote figcaption a[href*="/documents/"]', /\/documents\/.*at=/);
    await r.seesAtOnce('#here, .here, .asked');
    await r.goTo('#cite > summary');
    await r.press('Enter');
    const citation = await r.page.locator('#cite .citation').innerText();
    assert.match(citation, /\/id\/document\//i);
  },

  /** Which numbers, and from where? */
  'data user': async (r) => {
    await r.follow('.ways a[href$="/coverage"]', /\/coverage$/);
    await r.follow('td a[href*="/claims?"]', /\/claims\?/);
    await r.goTo('#api > summary');
    await r.press('Enter');
    const { name, content } = await r.download('#api a[href^="/api/v1/rows/"]');
    assert.match(name, /\.csv$/);
    assert.ok(content.toString().split('\n').length > 2, 'the file has rows');
  },

  /** What is missing? */
  curator: async (r) => {
    await r.follow('.ways a[href$="/gaps"]', /\/gaps$/);
    await r.goTo('.jumps a[href="#cases"]');
    await r.press('Enter');
    await r.follow('[aria-labelledby="cases"] a[href*="/cases/"]', /\/cases\/./);
    await r.seesAtOnce('h1');
    await r.follow('.menu > ul a[href$="/documents"]', /\/documents$/);
    await r.follow('main a[href*="/documents/"]', /\/documents\/./);
    await r.seesAtOnce('h1');
  },
};

try {
  for (const lang of ['ar', 'en']) {
    for (const [name, journey] of Object.entries(journeys)) {
      const context = await newContext({ viewport: { width: 1280, height: 900 }, locale: lang });
      const page = await context.newPage();
      await page.goto(input.service);
      assert.equal(new URL(page.url()).pathname, `/${lang}/`);
      const [reader, began] = [new Reader(page, lang), Date.now()];
      try {
        await journey(reader);
      } finally {
        await picture(page, `journey-${name}-${lang}`);
      }
      console.log(`${lang}, ${name}: ${reader.pages} pages, ${reader.keys} keys, ${Date.now() - began} ms`);
      await context.close();
    }
  }
  assert.deepEqual(faults, []);
} catch (error) {
  console.error(faults.join('\n'));
  throw error;
} finally {
  await browser.close();
}
