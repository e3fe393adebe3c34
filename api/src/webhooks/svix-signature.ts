import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { judgeAge, mostSignatures, type SignatureVerdict } from './signature.ts';

/** Headers of a delivery by Svix, who sends for Clerk and Resend. */
export type SvixHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Without a full stop, which separates the parts of what is signed. */
const messageId = /^[A-Za-z0-9_-]{1,200}$/;

/** The signatures of scheme v1 in a list such as `v1,<base64> v1a,<…>`; undefined when it is not such a list. */
function parseSignatures(header: string): readonly Buffer[] | undefined {
  const signatures: Buffer[] = [];
  for (const part of header.split(' ')) {
    const [scheme = '', value = '', ...rest] = part.split(',');
    if (rest.length > 0 || !/^v\d+[a-z]*$/.test(scheme) || value === '') {
      return undefined;
    }
    if (scheme === 'v1') {
      const signature = Buffer.from(value, 'base64');
      // Base64 has several spellings of the same bytes; a signer writes one of them.
      if (signature.length !== 32 || signature.toString('base64') !== value) {
        return undefined;
      }
      signatures.push(signature);
    }
  }
  return signatures.length === 0 || signatures.length > mostSignatures ? undefined : signatures;
}

/**
 * Judges `svix-signature: v1,<base64 hmac-sha256(secret, svix-id + "." + svix-timestamp + "." + body)>` over the raw body
 * (https://docs.svix.com/receiving/verifying-payloads/how-manual). Every secret is tried, so that two are valid while one is
 * rotated, and every comparison takes the same time.
 * @param secrets the decoded keys: what follows `whsec_`
 */
export function verifySvixSignature(
  body: Buffer,
  headers: SvixHeaders,
  secrets: readonly (Buffer | KeyObject)[],
  now: Date = new Date(),
): SignatureVerdict {
  const { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': signature } = headers;
  if (!id || !timestamp || !signature) {
    return { kind: 'refused', reason: 'missing' };
  }
  if (
    typeof id !== 'string' ||
    typeof timestamp !== 'string' ||
    typeof signature !== 'string' ||
    !messageId.test(id) ||
    !/^\d{1,12}$/.test(timestamp)
  ) {
    return { kind: 'refused', reason: 'malformed' };
  }
  const signatures = parseSignatures(signature);
  if (signatures === undefined) {
    return { kind: 'refused', reason: 'malformed' };
  }
  let matches = false;
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest();
    for (const given of signatures) {
      matches = timingSafeEqual(expected, given) || matches;
    }
  }
  return matches ? judgeAge(timestamp, now) : { kind: 'refused', reason: 'mismatch' };
}
