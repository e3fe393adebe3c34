import { createHmac, timingSafeEqual } from 'node:crypto';

/** Older than this, in seconds, a signature is stale (Mux's own tolerance). */
export const staleAfterSeconds = 300;
/** Further ahead than this, in seconds, a signature is refused; Mux's SDK accepts any future time. */
export const futureToleranceSeconds = 60;

export type SignatureVerdict =
  | { readonly kind: 'fresh'; readonly signedAt: Date }
  /** Rightly signed, but long ago: a late retry or a replay. It is kept aside, never folded. */
  | { readonly kind: 'stale'; readonly signedAt: Date }
  | { readonly kind: 'refused'; readonly reason: 'missing' | 'malformed' | 'mismatch' | 'future' };

interface SignatureHeader {
  readonly timestamp: string;
  readonly signatures: readonly Buffer[];
}

function parseHeader(header: string): SignatureHeader | undefined {
  let timestamp: string | undefined;
  const signatures: Buffer[] = [];
  for (const part of header.split(',')) {
    const [name, value = '', ...rest] = part.trim().split('=');
    if (rest.length > 0) {
      return undefined;
    }
    if (name === 't') {
      // A second time would leave open which of the two was signed.
      if (timestamp !== undefined || !/^\d{1,12}$/.test(value)) {
        return undefined;
      }
      timestamp = value;
    } else if (name === 'v1') {
      if (!/^[0-9a-f]{64}$/i.test(value)) {
        return undefined;
      }
      signatures.push(Buffer.from(value, 'hex'));
    }
  }
  // More signatures than anybody rotates through are an attempt to guess.
  return timestamp === undefined || signatures.length === 0 || signatures.length > 4
    ? undefined
    : { timestamp, signatures };
}

/**
 * Judges the header `mux-signature: t=<unix seconds>,v1=<hex hmac-sha256(secret, t + "." + body)>` over the raw body
 * (https://docs.mux.com/core/verify-webhook-signatures). Every secret is tried, so that two are valid while one is rotated, and
 * every comparison takes the same time. The time is judged only once the signature is known to be right.
 */
export function verifyMuxSignature(
  body: Buffer,
  header: string | readonly string[] | undefined,
  secrets: readonly string[],
  now: Date = new Date(),
): SignatureVerdict {
  if (header === undefined || header === '') {
    return { kind: 'refused', reason: 'missing' };
  }
  const parsed = typeof header === 'string' ? parseHeader(header) : undefined;
  if (parsed === undefined) {
    return { kind: 'refused', reason: 'malformed' };
  }
  let matches = false;
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(`${parsed.timestamp}.`).update(body).digest();
    for (const signature of parsed.signatures) {
      matches = timingSafeEqual(expected, signature) || matches;
    }
  }
  if (!matches) {
    return { kind: 'refused', reason: 'mismatch' };
  }
  const signedAt = new Date(Number(parsed.timestamp) * 1000);
  const ageSeconds = (now.getTime() - signedAt.getTime()) / 1000;
  if (ageSeconds < -futureToleranceSeconds) {
    return { kind: 'refused', reason: 'future' };
  }
  return { kind: ageSeconds > staleAfterSeconds ? 'stale' : 'fresh', signedAt };
}
