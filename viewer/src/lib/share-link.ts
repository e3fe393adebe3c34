/** A share link taken apart: `/s/<publicId>#<secret>`. The secret is in the fragment, which no browser sends anywhere (VW-06). */
export interface ShareLink {
  readonly publicId: string;
  readonly secret: string;
}

/** 128 bits in base64url are 22 characters: a shorter secret was cut off on its way here (SH-05). */
const shortestSecret = 22;

/**
 * Reads the link from the page's address. Characters that cannot belong to the secret end it, because mail and chat
 * programs like to put a full stop, a bracket or a tracking parameter after a link.
 * @returns null when a part of the link is missing; a whole but wrong link is for the server to refuse.
 */
export function readShareLink(address: { readonly pathname: string; readonly hash: string }): ShareLink | null {
  const publicId = /^\/s\/([A-Za-z0-9_-]{1,64})\/?$/.exec(address.pathname)?.[1];
  const secret = /^#([A-Za-z0-9_-]+)/.exec(address.hash)?.[1];
  if (publicId === undefined || secret === undefined || secret.length < shortestSecret) return null;
  return { publicId, secret };
}
