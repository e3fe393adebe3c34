import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { judgeAge, mostSignatures, type SignatureVerdict } from '../webhooks/signature.ts';

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
  return timestamp === undefined || signatures.length === 0 || signatures.length > mostSignatures
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
  secrets: readonly (string | KeyObject)[],
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
  return judgeAge(parsed.timestamp, now);
}
