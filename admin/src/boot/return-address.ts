/**
 * Where somebody who is not signed in is sent, with the way back.
 * @param signIn the sign-in page, perhaps with a word on why: `/sign-in?ended=1`
 */
export function signInAddress(signIn: string, to: string): string {
  if (to === '/') return signIn;
  return `${signIn}${signIn.includes('?') ? '&' : '?'}${new URLSearchParams({ to })}`;
}

/**
 * Where to go after signing in: a path inside this app and nothing else, since the value stands in a URL that anybody can
 * write. `//evil.example` and `/\evil.example` are addresses of other hosts to a browser,
 * and so is `/<tab>/evil.example`: only printable characters, no backslash.
 */
export function returnAddress(given: string | null): string {
  if (!given || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(given) || given.startsWith('/sign-in')) return '/';
  return given;
}
