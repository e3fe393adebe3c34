import type { ProvePassphraseAnswer, RequestCodeAnswer } from '@mm/api/contract';
import { retryAfterMs } from '../lib/retry-after.ts';

export type Proof = ProvePassphraseAnswer;
export type SentCode = RequestCodeAnswer;

export type StepOutcome<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  /** The passphrase or code is not right. */
  | { readonly kind: 'wrong' }
  /** A field has not the shape that it must have. */
  | { readonly kind: 'invalid' }
  | { readonly kind: 'throttled'; readonly waitMs: number }
  | { readonly kind: 'unreachable' }
  /** The link itself does not work (any more). */
  | { readonly kind: 'unavailable' };

/** Who answers: with which link and, after a proof that ran out in the middle of a video, in which session. */
export interface Asker {
  readonly link: { readonly publicId: string; readonly secret: string };
  readonly opening: { readonly sessionId: string | undefined };
}

const isText = (value: unknown): value is string => typeof value === 'string';

export function readProof(body: Readonly<Record<string, unknown>>): Proof | null {
  const { proof, expiresAt } = body;
  return isText(proof) && isText(expiresAt) ? { proof, expiresAt } : null;
}

export function readSentCode(body: Readonly<Record<string, unknown>>): SentCode | null {
  const { sentTo, expiresAt, retryAfterSeconds } = body;
  if (!isText(sentTo) || !isText(expiresAt) || typeof retryAfterSeconds !== 'number') return null;
  return { sentTo, expiresAt, retryAfterSeconds };
}

const wrongCodes: readonly unknown[] = ['share.passphrase_wrong', 'share.code_wrong'];
const waitWithoutRetryAfterMs = 60_000;

/**
 * Answers one question of a link: `passphrase`, `code` or `code/verify` below `POST /api/share/:publicId`. The secret goes in
 * the body, as always. Never throws.
 */
export async function answerStep<Value>(
  { link, opening }: Asker,
  path: 'passphrase' | 'code' | 'code/verify',
  fields: Readonly<Record<string, string>>,
  read: (body: Readonly<Record<string, unknown>>) => Value | null,
  send: typeof fetch = window.fetch.bind(window),
): Promise<StepOutcome<Value>> {
  let response: Response;
  let body: Readonly<Record<string, unknown>>;
  try {
    response = await send(`/api/share/${encodeURIComponent(link.publicId)}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ secret: link.secret, sessionId: opening.sessionId, ...fields }),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(15_000),
    });
    const json: unknown = await response.json();
    body = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return { kind: 'unreachable' };
  }
  if (response.ok) {
    const value = read(body);
    return value === null ? { kind: 'unreachable' } : { kind: 'done', value };
  }
  if (response.status === 429) {
    return { kind: 'throttled', waitMs: retryAfterMs(response, Date.now()) ?? waitWithoutRetryAfterMs };
  }
  if (response.status === 422) return { kind: 'invalid' };
  if (response.status >= 500) return { kind: 'unreachable' };
  return wrongCodes.includes(body.code) ? { kind: 'wrong' } : { kind: 'unavailable' };
}
