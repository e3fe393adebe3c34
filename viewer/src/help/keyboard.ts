import { strings } from '../strings/watching.ts';

const id = 'keyboard-help';

/** The keys that the player knows, in a dialog of the browser's own: it takes the focus, gives it back, and Escape closes it. */
export function showKeyboardHelp(): void {
  const found = document.getElementById(id);
  const dialog = found instanceof HTMLDialogElement ? found : build();
  if (!dialog.open) dialog.showModal();
}

function build(): HTMLDialogElement {
  const dialog = document.createElement('dialog');
  dialog.id = id;
  dialog.className = 'help';
  dialog.setAttribute('aria-labelledby', `${id}-title`);
  const title = document.createElement('h2');
  title.id = `${id}-title`;
  title.textContent = strings.keys.title;
  const text = document.createElement('p');
  text.textContent = strings.keys.text;
  const list = document.createElement('dl');
  for (const [keys, meaning] of strings.keys.list) {
    const term = document.createElement('dt');
    term.append(
      ...keys.map((key) => {
        const element = document.createElement('kbd');
        element.textContent = key;
        return element;
      }),
    );
    const description = document.createElement('dd');
    description.textContent = meaning;
    list.append(term, description);
  }
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'retry';
  close.textContent = strings.keys.close;
  close.addEventListener('click', () => dialog.close());
  dialog.append(title, text, list, close);
  document.body.append(dialog);
  return dialog;
}
