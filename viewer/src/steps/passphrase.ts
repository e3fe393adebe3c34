import { strings } from '../strings/steps.ts';
import { element, showForm } from './form.ts';
import { explainRefusal } from './refusal.ts';
import type { StepContext } from './show-step.ts';
import { answerStep, readProof } from './step-client.ts';

export function askForPassphrase(host: HTMLElement, context: StepContext): void {
  const { passphrase } = strings;
  const shown = element('input', { type: 'checkbox' });
  const form = showForm(host, {
    title: passphrase.title,
    text: passphrase.text,
    label: passphrase.label,
    button: strings.continue,
    // Not a password of the viewer's: nothing for their password manager.
    attributes: {
      type: 'password',
      autocomplete: 'off',
      autocapitalize: 'none',
      spellcheck: 'false',
      maxlength: '128',
    },
    more: [element('label', { class: 'check' }, shown, passphrase.show)],
    async onSubmit(value) {
      if (value === '') return form.complain(passphrase.missing);
      const outcome = await answerStep(context, 'passphrase', { passphrase: value }, readProof);
      if (outcome.kind !== 'done') return explainRefusal(form, outcome, context, passphrase.wrong);
      context.opening.proofs.add('passphrase', outcome.value);
      return context.open();
    },
  });
  shown.addEventListener('change', () => {
    form.input.type = shown.checked ? 'text' : 'password';
  });
}
