import type { Identity } from './identity.ts';

/** The part of Clerk's client that is used. Source: https://clerk.com/docs/reference/javascript/clerk. */
interface Clerk {
  load(): Promise<void>;
  readonly session?: { getToken(): Promise<string | null> } | null;
  redirectToSignIn(options: { signInFallbackRedirectUrl: string; signUpFallbackRedirectUrl: string }): Promise<unknown>;
  signOut(): Promise<void>;
}

/** A publishable key is `pk_test_` or `pk_live_` and its frontend API's host with a `$`, in base64. */
export function frontendApiOf(publishableKey: string): string {
  const host = atob(publishableKey.replace(/^pk_(test|live)_/, '')).replace(/\$$/, '');
  if (!/^[a-z0-9.-]+$/i.test(host)) throw new Error('the publishable key names no host');
  return `https://${host}`;
}

/**
 * Clerk's own client without its interface, from the instance's frontend API: signing in is Clerk's hosted page. Only a link
 * that asks for an account gets so far, so no other viewer's page asks Clerk for anything (VW-06).
 * @throws Error when the script cannot be fetched.
 */
export async function clerkIdentity(publishableKey: string): Promise<Identity> {
  const script = document.createElement('script');
  script.src = `${frontendApiOf(publishableKey)}/npm/@clerk/clerk-js@6/dist/clerk.headless.browser.js`;
  script.crossOrigin = 'anonymous';
  script.dataset.clerkPublishableKey = publishableKey;
  await new Promise((resolve, reject) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', reject);
    document.head.append(script);
  });
  const clerk = (window as Window & { Clerk?: Clerk }).Clerk;
  if (clerk === undefined) throw new Error('the script of the identity provider left nothing behind');
  await clerk.load();
  return {
    token: async () => (await clerk.session?.getToken()) ?? null,
    async signIn(returnTo, another) {
      if (another) await clerk.signOut();
      await clerk.redirectToSignIn({ signInFallbackRedirectUrl: returnTo, signUpFallbackRedirectUrl: returnTo });
    },
  };
}
