// Small conveniences of a page.

/** How long a reader must have been away before the page asks whether its content has changed, in milliseconds. */
const away = 10 * 60 * 1000;

let seen = Date.now();
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') {
    seen = Date.now();
  } else if (Date.now() - seen > away) {
    void compare();
  }
});

/** Tells the reader if the content of the page has changed since it was loaded. */
async function compare(): Promise<void> {
  const tag = document.documentElement.dataset['tag'];
  const note = document.querySelector<HTMLElement>('[data-stale]');
  if (!tag || !note || note.textContent) return;
  try {
    const answer = await fetch(location.href, { method: 'HEAD', headers: { 'If-None-Match': tag }, cache: 'no-store', credentials: 'omit' });
    const now = answer.headers.get('ETag');
    if (answer.status !== 200 || !now || now === tag) return;
  } catch {
    return; // no network: the page stays as it is
  }
  const reload = document.createElement('a');
  reload.href = location.href;
  reload.textContent = note.dataset['reload'] ?? '';
  note.append(`${note.dataset['stale']} `, reload);
}

/** The switch of the language keeps the section that the reader sees. */
document.querySelector<HTMLAnchorElement>('a.language')?.addEventListener('click', (event) => {
  const link = event.currentTarget as HTMLAnchorElement;
  const at = [...document.querySelectorAll<HTMLElement>('main [id]')].findLast((e) => e.getBoundingClientRect().top <= 64 && e.offsetParent);
  if (at && scrollY > 0) link.hash = at.id;
});

/** Older browsers print only what is open. */
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>('main details:not([open], #api)')) {
    details.open = true;
    details.dataset['closed'] = '';
  }
});
addEventListener('afterprint', () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>('details[data-closed]')) {
    details.open = false;
    delete details.dataset['closed'];
  }
});

export {};
