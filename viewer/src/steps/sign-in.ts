import { keepingIn } from '../lib/keeping.ts';
import { keepForReturn } from '../lib/share-link.ts';
import { strings } from '../strings/steps.ts';
import { element } from './form.ts';
import { type Identity, identityFor } from './identity.ts';
import type { StepContext } from './show-step.ts';

/**
 * Asks the identity provider who is signed in. Somebody who is goes on at once; anybody else is led to sign in, with the
 * secret left behind in this tab: the address they come back to has none.
 */
export function askToSignIn(host: HTMLElement, context: StepContext, isFramed: boolean): void {
  const { signIn } = strings;
  // The server asks again although a session token came along: this account is not one the link opens for.
  const wasSignedIn = context.opening.signedIn !== null;
  if (isFramed) {
    // A frame of another site has no session of the identity provider, and may not show its page.
    show(host, signIn.title, signIn.framedText, signIn.framedButton, () =>
      window.open(location.href, '_blank', 'noopener'),
    );
    return;
  }
  show(host, signIn.title, signIn.looking);
  identityFor()
    .then(async (identity) => {
      if (wasSignedIn) {
        show(host, signIn.refusedTitle, signIn.refusedText, signIn.otherAccount, () => leave(identity, true));
      } else if ((await identity.token()) !== null) {
        context.opening.signedIn = identity;
        await context.open();
      } else {
        show(host, signIn.title, signIn.text, signIn.button, () => leave(identity, false));
      }
    })
    .catch(() => show(host, signIn.title, signIn.away, signIn.button, () => location.reload()));

  function leave(identity: Identity, another: boolean): void {
    keepForReturn(context.link, keepingIn('sessionStorage'));
    const { origin, pathname } = location;
    void identity.signIn(`${origin}${pathname}`, another);
  }
}

function show(host: HTMLElement, title: string, text: string, button?: string, act?: () => void): void {
  const heading = element('h1', { id: 'step-title', tabindex: '-1' }, title);
  const children: HTMLElement[] = [heading, element('p', { id: 'step-text' }, text)];
  if (button !== undefined && act !== undefined) {
    const made = element('button', { type: 'button', class: 'retry' }, button);
    made.addEventListener('click', act);
    children.push(made);
  }
  host.replaceChildren(...children);
  heading.focus();
}
