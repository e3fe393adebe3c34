import { framedIn } from '../lib/embedding.ts';
import type { Step } from '../lib/share-client.ts';
import type { ShareLink } from '../lib/share-link.ts';
import type { ViewEvent } from '../lib/view-state.ts';
import type { Opening } from '../opening.ts';
import { askForEmail } from './code.ts';
import { askForPassphrase } from './passphrase.ts';
import { askToSignIn } from './sign-in.ts';

/** What a question needs to know, and what it may do. */
export interface StepContext {
  readonly link: ShareLink;
  readonly opening: Opening;
  /** Asks the server again, with what has been proved since. */
  readonly open: () => Promise<void>;
  readonly dispatch: (event: ViewEvent) => void;
}

/** The link itself has ended while it was asking: the calm page. */
export function endStep({ dispatch }: StepContext): void {
  dispatch({ type: 'answered', outcome: { kind: 'unavailable' }, now: Date.now() });
}

/** Puts the question of a link into the page. What it proves stays in this tab; where an answer leads, the server says. */
export function showStep(host: HTMLElement, step: Step, context: StepContext): void {
  const { isFramed } = framedIn(window);
  switch (step) {
    case 'passphrase':
      askForPassphrase(host, context);
      break;
    case 'recipient':
      askForEmail(host, context, () => askToSignIn(host, context, isFramed));
      break;
    case 'sign-in':
      askToSignIn(host, context, isFramed);
  }
}
