// Suggestions while a reader types, in every search box of a page.
import '@github/auto-complete-element';

/** How long an answer may take before the reader is told that the search goes on, in milliseconds. */
const patience = 300;

for (const box of document.querySelectorAll<HTMLElement & { fetchResult?: unknown }>('auto-complete')) {
  const status = box.querySelector('[role="status"]');
  const list = box.querySelector('ul');
  let waiting: ReturnType<typeof setTimeout> | undefined;
  box.addEventListener('loadstart', () => {
    waiting = setTimeout(() => say(box.dataset['searching'] ?? ''), patience);
  });
  box.addEventListener('loadend', () => {
    clearTimeout(waiting);
    say(list?.querySelector<HTMLElement>('[data-status]')?.dataset['status'] ?? '');
  });
  // An option that names a page leads there. Others are words that the form searches for.
  box.addEventListener('auto-complete-change', () => {
    const chosen = list?.querySelector<HTMLElement>(`[role="option"][data-autocomplete-value="${CSS.escape(box.getAttribute('value') ?? '')}"]`);
    const address = chosen?.dataset['address'];
    if (address && !box.hasAttribute('data-choose')) location.assign(address);
  });

  function say(text: string): void {
    if (status) status.textContent = text;
  }
}
