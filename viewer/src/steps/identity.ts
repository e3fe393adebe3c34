import type { SignedIn } from '../opening.ts';

/** The identity provider, as far as a viewer needs it. */
export interface Identity extends SignedIn {
  /**
   * Leaves the page to sign in.
   * @param another as somebody else than who is signed in now
   */
  signIn(returnTo: string, another: boolean): Promise<void>;
}

/** A token with less time than this left is not used any more. */
const marginMs = 10_000;

/**
 * The provider that `/api/config` names: the local issuer, or Clerk.
 * @throws Error when it cannot be reached.
 */
export async function identityFor(): Promise<Identity> {
  const response = await fetch('/api/config', { headers: { accept: 'application/json' }, credentials: 'omit' });
  const config: unknown = await response.json();
  const identity = typeof config === 'object' && config !== null && 'identity' in config ? config.identity : null;
  if (typeof identity === 'object' && identity !== null) {
    if ('issuerUrl' in identity && typeof identity.issuerUrl === 'string') return localIdentity(identity.issuerUrl);
    if ('publishableKey' in identity && typeof identity.publishableKey === 'string') {
      const { clerkIdentity } = await import('./clerk-identity.ts');
      return clerkIdentity(identity.publishableKey);
    }
  }
  throw new Error('/api/config names no identity provider');
}

/** Tokens of a minute, fetched with the issuer's own cookie; 204 says that nobody is signed in. */
function localIdentity(issuerUrl: string): Identity {
  let held: { readonly token: string; readonly goodUntil: number } | null = null;
  return {
    async token() {
      if (held !== null && held.goodUntil - Date.now() > marginMs) return held.token;
      const asked = Date.now();
      const response = await fetch(`${issuerUrl}/v1/token`, { method: 'POST', credentials: 'include' });
      if (response.status === 204) return null;
      if (!response.ok) throw new Error(`the issuer answered ${response.status}`);
      const { token }: { token: string } = await response.json();
      held = { token, goodUntil: asked + 60_000 };
      return token;
    },
    async signIn(returnTo) {
      location.assign(`${issuerUrl}/sign-in?${new URLSearchParams({ return_to: returnTo })}`);
    },
  };
}
