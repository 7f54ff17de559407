// A page of another site that tries to get into Dgraph, in Chromium. attacker_test.go runs it, gives it on standard input
// what it needs, and looks afterwards whether anything has changed.
import assert from 'node:assert/strict';
import { json } from 'node:stream/consumers';
import { chromium } from 'playwright-core';

/** @typedef {{ what: string, method: string, path: string, type: string, body: string }} Attack */
/** @typedef {{ page: string, chromium: string, ports: string[], attacks: Attack[] }} Input */

const input = /** @type {Input} */ (await json(process.stdin));

const browser = await chromium.launch({
  executablePath: input.chromium,
  timeout: 60_000,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
});

try {
  for (const ignoreHTTPSErrors of [false, true]) { // a user may have told the browser to accept any certificate
    const context = await browser.newContext({ ignoreHTTPSErrors });
    const page = await context.newPage();
    await page.goto(input.page);
    const outcomes = await page.evaluate(attack, { ports: input.ports, attacks: input.attacks });
    const answered = outcomes.filter(({ outcome }) => outcome.startsWith('answered'));
    assert.deepEqual(answered, [], 'the page can read answers');
    const opaque = outcomes.filter(({ url, outcome }) => url.startsWith('https:') && outcome === 'sent');
    assert.deepEqual(opaque, [], 'the page can send requests through TLS');
    /** @type {Record<string, number>} */
    const counts = {};
    for (const { url, outcome } of outcomes) {
      const kind = `${url.split(':')[0]} ${outcome}`;
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    assert.ok(outcomes.length > 100, 'the page tried');
    console.log(`any certificate accepted: ${ignoreHTTPSErrors}; outcomes of ${outcomes.length} requests:`, counts);
    for (const addr of input.ports) {
      // A navigation shows what it gets: over TLS nothing, without it no more than that TLS is needed.
      await assert.rejects(page.goto(`https://${addr}/state`));
      const shown = await page.goto(`http://${addr}/health`).then((answer) => answer?.text(), () => '');
      assert.ok(!shown || shown.includes('HTTP request to an HTTPS server'), shown);
    }
    await context.close();
  }
} finally {
  await browser.close();
}

/**
 * Runs in the page. A request that a page may send but not read is "sent"; whether it did anything shows in the data.
 * @param {{ ports: string[], attacks: Attack[] }} input
 */
async function attack({ ports, attacks }) {
  const tries = [];
  for (const addr of ports) {
    for (const scheme of ['http', 'https']) {
      for (const { method, path, type, body } of attacks) {
        const url = `${scheme}://${addr}${path}`;
        const content = method === 'GET' ? {} : { body };
        const headers = /** @type {Record<string, string>} */ (type ? { 'Content-Type': type } : {});
        tries.push({ url, options: { method, ...content, headers } });
        tries.push({ url, options: { method, ...content, mode: /** @type {const} */ ('no-cors') } });
      }
    }
  }
  return Promise.all(tries.map(async ({ url, options }) => {
    try {
      const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(60_000) });
      return { url, outcome: answer.type === 'opaque' ? 'sent' : `answered ${answer.status}` };
    } catch {
      return { url, outcome: 'refused' };
    }
  }));
}
