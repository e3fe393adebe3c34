/** A whole link, or its end: the public id, and behind it what opens it. */
const shareLink = /^(?:\S*\/s\/([A-Za-z0-9]{12})(?:[/?#]\S*)?|([A-Za-z0-9]{12})#\S{16,})$/;

/**
 * What to search for when somebody pastes a share link: its public id. What stands behind it opens the link, so it must come neither into
 * the address of a list nor into a request. Anything else stays as it is.
 */
export function searchedWords(typed: string): string {
  const [, ofLink, ofEnd] = shareLink.exec(typed.trim()) ?? [];
  return ofLink ?? ofEnd ?? typed;
}
