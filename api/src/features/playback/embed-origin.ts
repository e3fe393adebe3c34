import type { IncomingHttpHeaders } from 'node:http';

/**
 * The site whose page asks, as its browser says it: null for a page of our own, and for a program that is no browser and sends no
 * `Origin`. A page cannot set `Origin` or `Sec-Fetch-Site` (https://fetch.spec.whatwg.org/#forbidden-request-header); what is hidden
 * (`Origin: null`) is a foreign site.
 */
export function embedOriginOf(headers: IncomingHttpHeaders, publicUrl: string): string | null {
  const { origin } = headers;
  if (origin === undefined || origin === publicUrl || headers['sec-fetch-site'] === 'same-origin') {
    return null;
  }
  return origin.slice(0, 512);
}
