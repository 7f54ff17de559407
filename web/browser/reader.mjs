// A Chromium for the tests of pages. It reaches no other host, and what a page does wrong is a fault.
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { chromium } from 'playwright-core';

/** What the test gets on stdin: the address of the service, the browser, a directory for pictures or "", and more. @type {any} */
export const input = await json(process.stdin);

/** The timeout of every step in milliseconds; test machines can be slow. */
const patience = 60_000;

/** What is wrong, each with the page where it was found. @type {string[]} */
export const faults = [];

export const browser = await chromium.launch({
  executablePath: input.chromium,
  timeout: patience,
  args: [
    ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    ...['--disable-component-update', '--disable-sync'],
    '--proxy-server=127.0.0.1:9', // nothing listens there, so other hosts cannot be reached
  ],
});

/**
 * A new visitor. Requests to other hosts, errors in the console and violations of the policy become faults.
 * @param {import('playwright-core').BrowserContextOptions} options
 * @param {RegExp} [expected] errors in the console that are none, such as the status of a page of an error
 */
export async function newContext(options, expected) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patience);
  // These events cover the page, its frames and its workers.
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== input.service && !['blob:', 'data:'].includes(url.protocol)) faults.push(`asks ${url.href}`);
  });
  context.on('console', (message) => {
    if (message.type() === 'error' && !expected?.test(message.text())) faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => faults.push(`script: ${error.error().stack}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (e) => console.error(`against the policy: ${e.violatedDirective} ${e.blockedURI}`));
  });
  return context;
}

/**
 * Takes a picture of the page, if the test keeps pictures.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {boolean} [whole] the whole page and not only the window
 */
export async function picture(page, name, whole = false) {
  if (input.screenshots) await page.screenshot({ path: join(input.screenshots, `${name.replaceAll(/[^\w.-]+/g, '_')}.png`), fullPage: whole });
}
