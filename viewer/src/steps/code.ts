import { strings } from '../strings/steps.ts';
import { element, showForm } from './form.ts';
import { explainRefusal } from './refusal.ts';
import type { StepContext } from './show-step.ts';
import { answerStep, readProof, readSentCode, type SentCode } from './step-client.ts';

const textButton = (text: string, act: () => void): HTMLButtonElement => {
  const button = element('button', { type: 'button', class: 'link' }, text);
  button.addEventListener('click', act);
  return button;
};

/** First the address, then the code that was mailed to it. Nobody learns here whether the link is for an address. */
export function askForEmail(host: HTMLElement, context: StepContext, signIn: () => void, given = ''): void {
  const { email } = strings;
  const form = showForm(host, {
    title: email.title,
    text: email.text,
    label: email.label,
    button: email.send,
    attributes: {
      type: 'email',
      autocomplete: 'email',
      inputmode: 'email',
      spellcheck: 'false',
      maxlength: '254',
      value: given,
    },
    more: [textButton(email.signIn, signIn)],
    async onSubmit(value) {
      const address = value.trim();
      if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address)) return form.complain(email.invalid);
      const outcome = await answerStep(context, 'code', { email: address }, readSentCode);
      if (outcome.kind === 'done') askForCode(host, context, { signIn, address, sent: outcome.value });
      else explainRefusal(form, outcome, context, email.invalid);
    },
  });
}

interface Asked {
  readonly signIn: () => void;
  readonly address: string;
  readonly sent: SentCode;
}

function askForCode(host: HTMLElement, context: StepContext, { signIn, address, sent }: Asked): void {
  const { code } = strings;
  const again = textButton(code.again, () => void sendAgain());
  const form = showForm(host, {
    title: code.title,
    text: code.text(sent.sentTo),
    label: code.label,
    button: strings.continue,
    attributes: {
      type: 'text',
      autocomplete: 'one-time-code',
      inputmode: 'numeric',
      class: 'code',
      spellcheck: 'false',
    },
    more: [again, textButton(code.other, () => askForEmail(host, context, signIn, address))],
    async onSubmit(value) {
      const digits = digitsOf(value);
      if (digits.length !== 6) return form.complain(code.invalid);
      const outcome = await answerStep(context, 'code/verify', { email: address, code: digits }, readProof);
      if (outcome.kind !== 'done') return explainRefusal(form, outcome, context, code.wrong);
      context.opening.proofs.add('code', outcome.value);
      return context.open();
    },
  });
  // A code that was pasted, or filled in by the telephone, needs no further press.
  form.input.addEventListener('input', (event) => {
    const isTyped = event instanceof InputEvent && event.inputType === 'insertText';
    if (!isTyped && digitsOf(form.input.value).length === 6) form.submit();
  });
  countDown(again, Date.now() + sent.retryAfterSeconds * 1000);

  async function sendAgain(): Promise<void> {
    if (again.getAttribute('aria-disabled') === 'true') return;
    const outcome = await answerStep(context, 'code', { email: address }, readSentCode);
    if (outcome.kind !== 'done') return explainRefusal(form, outcome, context, code.wrong);
    form.complain('');
    form.input.removeAttribute('aria-invalid');
    const note = host.querySelector('#step-text');
    if (note) note.textContent = `${code.sentAgain} ${code.text(outcome.value.sentTo)}`;
    countDown(again, Date.now() + outcome.value.retryAfterSeconds * 1000);
  }
}

/** Blanks and hyphens of a pasted code are no part of it. */
const digitsOf = (value: string): string => value.replace(/[\s-]/g, '').replace(/\D.*$/, '');

/** Another code can be asked for only after a while: the button counts, and says so to whoever asks it. */
function countDown(button: HTMLButtonElement, until: number): void {
  const { code } = strings;
  const timer = window.setInterval(show, 1_000);
  show();
  function show(): void {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    button.setAttribute('aria-disabled', String(seconds > 0));
    button.textContent = seconds > 0 ? code.againIn(seconds) : code.again;
    if (seconds <= 0 || !button.isConnected) clearInterval(timer);
  }
}
