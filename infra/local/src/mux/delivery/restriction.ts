import type { PlaybackRestriction } from '../store/playback-restrictions.ts';

export interface Visitor {
  readonly referer: string | undefined;
  readonly userAgent: string | undefined;
}

/**
 * Why a playback restriction keeps a visitor out, or undefined when it lets him in.
 * `*` allows every domain, `*.example.com` every one below example.com but not itself; no domain at all allows none.
 * The vendor does not publish which user agents are of high risk: that part of a restriction is kept and not applied.
 * Source: https://www.mux.com/docs/guides/secure-video-playback#create-a-playback-restriction.
 */
export function refusalBy(restriction: PlaybackRestriction, visitor: Visitor): string | undefined {
  const { referrer, userAgent } = restriction;
  if (!userAgent.allow_no_user_agent && (visitor.userAgent ?? '') === '') return 'A user agent is demanded.';
  if ((visitor.referer ?? '') === '') {
    return referrer.allow_no_referrer ? undefined : 'A referrer is demanded.';
  }
  const host = hostOf(visitor.referer ?? '');
  if (host === undefined) return 'The referrer is not a URL.';
  return referrer.allowed_domains.some((domain) => matches(domain.toLowerCase(), host))
    ? undefined
    : 'The referrer is not among the allowed domains.';
}

function matches(domain: string, host: string): boolean {
  if (domain === '*') return true;
  return domain.startsWith('*.') ? host.endsWith(domain.slice(1)) && host.length > domain.length - 1 : host === domain;
}

function hostOf(referer: string): string | undefined {
  return URL.canParse(referer) ? new URL(referer).hostname : undefined;
}
