import type { Config } from './config.ts';

/** Headers of every answer; the pages of the two apps replace the content security policy by their own. */
export function baseSecurityHeaders(publicUrl: string): Record<string, string> {
  return {
    'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // A promise that browsers keep for two years, so only where TLS really is.
    ...(publicUrl.startsWith('https://') ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
  };
}

/** Mux serves media from many hosts below its own domain and names none of them for good (its CSP guide says to allow all). */
function mediaSources(url: string): string[] {
  return url.endsWith('.mux.com') ? [url, 'https://*.mux.com'] : [url];
}

const unique = (...sources: (string | readonly string[])[]): string => [...new Set(sources.flat())].join(' ');

/**
 * Content security policy of an app page. Scripts come from this origin alone or stand in the page itself, by their hash; media come from
 * Mux alone; `style-src` allows inline styles because antd and the player write them, and the viewer's page has its own.
 * @param app both talk to the identity provider (the viewer for a link that asks for an account); the admin app also uploads
 *   and shows Clerk's own parts.
 * @param frame `anywhere`: the viewer's page for embedding. It is the same for every link, so that it tells nothing of any; which
 *   sites a link allows is decided when the page asks (docs/adr/0016-embedding.md).
 * @param inlineScripts sources of the scripts that stand in the page (`inlineScriptSources`)
 */
export function appContentSecurityPolicy(
  config: Config,
  app: 'admin' | 'viewer',
  { frame = 'nowhere', inlineScripts = [] }: { frame?: 'nowhere' | 'anywhere'; inlineScripts?: readonly string[] } = {},
): string {
  const { identity, mux } = config;
  const stream = mediaSources(mux.streamUrl);
  const image = mediaSources(mux.imageUrl);
  const usesClerk = app === 'admin' && identity.provider === 'clerk';
  const developing = config.apps[app].devUrl !== undefined;
  const issuer = new URL(identity.issuer).origin;
  const isProduct = config.environment === 'staging' || config.environment === 'production';

  const directives = {
    'default-src': "'none'",
    'script-src': unique(
      "'self'",
      // Clerk serves its own script from the frontend API and its bot check from Cloudflare (clerk.com/docs/security/clerk-csp).
      identity.provider === 'clerk' ? issuer : [],
      usesClerk ? 'https://challenges.cloudflare.com' : [],
      // Vite's hot reload writes an inline script. Beside a hash the word would count for nothing.
      developing ? "'unsafe-inline'" : inlineScripts,
    ),
    'style-src': "'self' 'unsafe-inline'",
    'img-src': unique("'self'", 'data:', image, usesClerk ? 'https://img.clerk.com' : []),
    'media-src': unique('blob:', stream, image),
    'connect-src': unique(
      "'self'",
      stream,
      image,
      app === 'admin' ? mux.uploadOrigins : [],
      issuer,
      developing ? config.http.publicUrl.replace(/^http/, 'ws') : [],
    ),
    'font-src': "'self'",
    ...(usesClerk ? { 'worker-src': "'self' blob:", 'frame-src': 'https://challenges.cloudflare.com' } : {}),
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors':
      frame === 'nowhere' ? "'none'" : unique('https:', isProduct ? [] : ['http://127.0.0.1:*', 'http://localhost:*']),
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}

/**
 * `Link` of the viewer's page: connections are opened while the page is still read, to the host of the poster, and to this one without
 * cookies, as a link is asked for (VW-08).
 */
export const posterPreconnects = ({ mux }: Config): string =>
  `<${new URL(mux.imageUrl).origin}>; rel=preconnect, </>; rel=preconnect; crossorigin=anonymous`;
