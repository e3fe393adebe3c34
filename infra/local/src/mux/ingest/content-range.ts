/** What a PUT of a resumable upload says it carries. */
export type ContentRange =
  /** `bytes first-last/total`; `total` is null for `*`, as long as the client does not know it. */
  | { readonly kind: 'bytes'; readonly first: number; readonly last: number; readonly total: number | null }
  /** `bytes *` + `/total`: no bytes, only the question how far the upload has got. */
  | { readonly kind: 'query'; readonly total: number | null };

/**
 * Reads a `Content-Range` header. Returns undefined when it is malformed, such as an end before its beginning or
 * beyond the total. Source: https://cloud.google.com/storage/docs/performing-resumable-uploads.
 */
export function parseContentRange(header: string): ContentRange | undefined {
  const match = /^bytes (?:(\d{1,15})-(\d{1,15})|\*)\/(\d{1,15}|\*)$/.exec(header.trim());
  if (match === null) return undefined;
  const total = match[3] === '*' ? null : Number(match[3]);
  if (match[1] === undefined) return { kind: 'query', total };
  const first = Number(match[1]);
  const last = Number(match[2]);
  return last < first || (total !== null && last >= total) ? undefined : { kind: 'bytes', first, last, total };
}
