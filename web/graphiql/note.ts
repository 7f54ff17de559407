import { languages } from './language';

const key = 'masar:noteIsClosed';

/** Shows the note that GraphiQL itself is in English, until the reader closes it. On phones, style.css hides it if English comes first. */
export function showNote(): void {
  const note = document.getElementById('note')!;
  document.documentElement.dataset.first = languages[0];
  note.hidden = localStorage.getItem(key) !== null;
  note.querySelector('button')!.addEventListener('click', () => {
    note.hidden = true;
    localStorage.setItem(key, '');
  });
}
