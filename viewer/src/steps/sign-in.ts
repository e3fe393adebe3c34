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
  // When the server asks again although a session token came along, this account is not one the link opens for.
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
      const isSignedIn = (await identity.token()) !== null;
      if (isSignedIn && wasSignedIn) {
        show(host, signIn.refusedTitle, signIn.refusedText, signIn.otherAccount, () => leave(identity, true));
      } else if (isSignedIn) {
        await reportForWork(identity);
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

/**
 * Creates or refreshes the profile of who is signed in, as the admin app does: somebody may come here first. Whoever has none is
 * refused by the link's own rule.
 */
async function reportForWork(identity: Identity): Promise<void> {
  await fetch('/rest/rpc/sign_in', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await identity.token()}` },
    body: '{}',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  }).catch(() => undefined);
}
