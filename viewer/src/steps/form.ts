import { strings } from '../strings/steps.ts';

export interface StepForm {
  readonly input: HTMLInputElement;
  /** Says at the field what is wrong with it, and leads there. */
  complain(text: string): void;
  /** Says to wait, counts the seconds down, and lets nothing be sent until then. */
  holdBack(waitMs: number): void;
  /** Sends what is written, as the button does. */
  submit(): void;
}

export interface FormParts {
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly button: string;
  /** What the field is for browsers and keyboards. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Anything else below the button. */
  readonly more?: readonly HTMLElement[];
  readonly onSubmit: (value: string) => Promise<void>;
}

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (HTMLElement | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** One question with one field. The heading names the section, the text and any complaint describe the field. */
export function showForm(host: HTMLElement, parts: FormParts): StepForm {
  const input = element('input', { id: 'step-field', 'aria-describedby': 'step-text step-error', ...parts.attributes });
  const error = element('p', { id: 'step-error', class: 'field-error', role: 'alert' });
  const button = element('button', { type: 'submit', class: 'retry' }, parts.button);
  const form = element(
    'form',
    { class: 'step-form', novalidate: '' },
    element('label', { for: 'step-field' }, parts.label),
    input,
    error,
    button,
  );
  let timer = 0;
  let isBusy = false;

  const say = (text: string, isWrong: boolean) => {
    error.textContent = text;
    input.setAttribute('aria-invalid', String(isWrong));
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (isBusy || timer !== 0) return;
    isBusy = true;
    say('', false);
    button.setAttribute('aria-busy', 'true');
    button.textContent = strings.checking;
    void parts.onSubmit(input.value).finally(() => {
      isBusy = false;
      button.setAttribute('aria-busy', 'false');
      button.textContent = parts.button;
    });
  });
  host.replaceChildren(
    element('h1', { id: 'step-title', tabindex: '-1' }, parts.title),
    element('p', { id: 'step-text' }, parts.text),
    form,
    ...(parts.more ?? []),
  );
  input.focus();
  return {
    input,
    submit: () => form.requestSubmit(),
    complain(text) {
      say(text, true);
      input.focus();
      input.select();
    },
    holdBack(waitMs) {
      const until = Date.now() + waitMs + 500;
      const count = () => {
        const seconds = Math.ceil((until - Date.now()) / 1000);
        button.setAttribute('aria-disabled', String(seconds > 0));
        // An alert that changes each second would be read out each second.
        error.setAttribute('role', seconds > 0 && timer !== 0 ? 'presentation' : 'alert');
        error.textContent = seconds > 0 ? strings.wait(seconds) : '';
        if (seconds > 0 && host.contains(form)) return;
        clearInterval(timer);
        timer = 0;
      };
      clearInterval(timer);
      timer = 0;
      count();
      timer = window.setInterval(count, 1_000);
    },
  };
}
