/**
 * Who is at the keyboard, whichever identity provider vouches for it. Two implementations: `local-session.ts` (the embedded
 * issuer) and `clerk-session.tsx`. Tokens live in memory only, never in storage or a URL.
 */
export type Session = {
  /**
   * A token that is good for the next request; null when nobody is signed in.
   * @param renew A new one even if the present one has time left, because the server refused it.
   * @throws ApiError with statusCode 0 when the identity provider cannot be reached.
   */
  token(renew?: boolean): Promise<string | null>;
  /**
   * Step-up: asks the identity provider to verify a factor again, so that the next token carries a fresh proof.
   * @returns false when the person gave up
   * @throws ApiError when the identity provider cannot be reached, or nobody is signed in any more.
   */
  confirm(): Promise<boolean>;
  /** Leaves the page to sign in, and comes back to this address. */
  signIn(returnTo: string): Promise<void>;
  /** Ends the session at the identity provider. */
  signOut(): Promise<void>;
  /** Ends every session of this person at the identity provider, on whichever machine. A token that was fetched before lives for a minute at the most. */
  signOutEverywhere(): Promise<void>;
};
