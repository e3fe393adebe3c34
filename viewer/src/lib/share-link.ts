import type { Keeping } from './keeping.ts';

/** A share link taken apart: `/s/<publicId>#<secret>`. The secret is in the fragment, which no browser sends anywhere (VW-06). */
export interface ShareLink {
  readonly publicId: string;
  readonly secret: string;
}

/** 128 bits in base64url are 22 characters: a shorter secret was cut off on its way here (SH-05). */
const shortestSecret = 22;

const readPublicId = (pathname: string) => /^\/s\/([A-Za-z0-9_-]{1,64})\/?$/.exec(pathname)?.[1];

/**
 * Reads the link from the page's address. Characters that cannot belong to the secret end it, because mail and chat
 * programs like to put a full stop, a bracket or a tracking parameter after a link.
 * @returns null when a part of the link is missing; a whole but wrong link is for the server to refuse.
 */
export function readShareLink(address: { readonly pathname: string; readonly hash: string }): ShareLink | null {
  const publicId = readPublicId(address.pathname);
  const secret = /^#([A-Za-z0-9_-]+)/.exec(address.hash)?.[1];
  if (publicId === undefined || secret === undefined || secret.length < shortestSecret) return null;
  return { publicId, secret };
}

/** The fragment is kept here while the viewer is away to sign in: it goes to nobody, not even through the address they return to. */
const awayKey = (publicId: string) => `mm.away.${publicId}`;

/** Keeps the secret for the way back from the identity provider, in this tab. */
export function keepForReturn({ publicId, secret }: ShareLink, keeping: Keeping): void {
  keeping.set(awayKey(publicId), secret);
}

/** The link of this page; on the way back from signing in, with its fragment put back into the address. */
export function linkFrom({ location, history }: Window, keeping: Keeping): ShareLink | null {
  const key = awayKey(readPublicId(location.pathname) ?? '');
  const secret = keeping.get(key);
  keeping.remove(key);
  if (location.hash === '' && secret !== null)
    history.replaceState(null, '', `${location.pathname}${location.search}#${secret}`);
  return readShareLink(location);
}
