/** The `token` of a signed URL, or null when it carries none. */
export function tokenOf(url: string): string | null {
  return new URL(url).searchParams.get('token');
}

/**
 * Puts the current playback token into a URL of the stream. Playlists hand the token they were fetched with down to their
 * renditions and segments, so after a renewal those URLs still carry an old one; a URL that carries none of the tokens
 * issued to this page (a CDN may sign its segments in its own way) is not ours to change, nor to be told our token.
 * @param issued every token this page was given for this video
 */
export function withCurrentToken(url: string, current: string, issued: ReadonlySet<string>): string {
  const address = new URL(url);
  const token = address.searchParams.get('token');
  if (token === null || token === current || !issued.has(token)) return url;
  address.searchParams.set('token', current);
  return address.href;
}
