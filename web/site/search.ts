// Suggestions while a reader types, in every text field that has them.
import '@github/auto-complete-element';

/** How long an answer may take before the reader is told that the search goes on, in milliseconds. */
const patience = 300;

for (const box of document.querySelectorAll<HTMLElement>('auto-complete')) {
  const status = box.querySelector('[role="status"]');
  const list = box.querySelector('ul');
  const input = box.querySelector('input');
  let waiting: ReturnType<typeof setTimeout> | undefined;
  box.addEventListener('loadstart', () => {
    waiting = setTimeout(() => say(box.dataset['searching'] ?? ''), patience);
  });
  box.addEventListener('loadend', () => {
    clearTimeout(waiting);
    if (!box.contains(document.activeElement)) close(); // the reader has left before the answer came
    say(list?.querySelector<HTMLElement>('[data-status]')?.dataset['status'] ?? '');
  });

  // A list that stayed open would cover what comes after the field. A click on a suggestion does not leave the field.
  box.addEventListener('focusout', (event) => {
    if (!box.contains(event.relatedTarget as Node | null)) close();
  });
  list?.addEventListener('mousedown', (event) => event.preventDefault());

  // A suggestion leads to its page, or fills in the field. The form then sends its code and not its title.
  const choose = box.dataset['choose'];
  let chosen: HTMLElement | undefined;
  list?.addEventListener('combobox-commit', (event) => {
    chosen = event.target as HTMLElement;
    const address = chosen.dataset['address'];
    if (address && !choose) location.assign(address);
  });
  input?.form?.addEventListener('formdata', (event) => {
    const code = choose && chosen?.dataset[choose];
    if (code && input.value === chosen?.dataset['autocompleteValue']) event.formData.set(input.name, code);
  });

  function close(): void {
    box.removeAttribute('open');
  }

  function say(text: string): void {
    if (status) status.textContent = text;
  }
}
