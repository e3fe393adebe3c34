import { clockOffset, retryAfterMs } from './retry-after.ts';
import { type Grant, readGrant } from './share-answer.ts';
import type { ShareLink } from './share-link.ts';

/** A link that may be played now. Times in milliseconds by this device's clock. */
export interface Granted {
  readonly kind: 'granted';
  readonly grant: Grant;
  readonly receivedAt: number;
  /** The server's clock minus this device's clock, so that expiry is right on a device whose clock is not. */
  readonly serverOffset: number;
}

/** What a link may ask for. `recipient`: to be one of the people it is for. */
export type Step = 'passphrase' | 'recipient' | 'sign-in';

/** What came of asking the server to open a link. Times in milliseconds. */
export type ShareOutcome =
  | Granted
  /** Unknown, wrong, expired and revoked links alike (SH-07). */
  | { readonly kind: 'unavailable' }
  /** The link is right, and asks who holds it for something first. */
  | { readonly kind: 'needs'; readonly step: Step }
  /** The site that shows this page in a frame may not. */
  | { readonly kind: 'framed' }
  | { readonly kind: 'processing'; readonly waitMs: number | null }
  | { readonly kind: 'rate-limited'; readonly waitMs: number }
  | { readonly kind: 'unreachable'; readonly waitMs: number | null };

export interface ShareClientParts {
  readonly fetch: typeof fetch;
  readonly now: () => number;
}

/** What goes to the server beside the secret. */
export interface ShareRequest {
  /** The viewer session of the grant that is renewed. */
  readonly sessionId?: string | undefined;
  /** What was proved: a passphrase, an address. */
  readonly proofs?: readonly string[] | undefined;
  /** The site that shows this page in a frame. */
  readonly embedder?: string | undefined;
  /** A session token of the identity provider. */
  readonly bearer?: string | null | undefined;
}

/** Refusals that only who holds the right secret gets to. Any other is one answer (SH-07). */
const toldToHolders: Readonly<Record<string, ShareOutcome>> = {
  'share.passphrase_needed': { kind: 'needs', step: 'passphrase' },
  'share.recipient_needed': { kind: 'needs', step: 'recipient' },
  'share.sign_in_needed': { kind: 'needs', step: 'sign-in' },
  'share.origin_refused': { kind: 'framed' },
};

const answerTimeoutMs = 15_000;
const waitWithoutRetryAfterMs = 30_000;

/**
 * Asks `POST /api/share/:publicId` whether the link may be played now (VW-01). Sends no cookie and no referrer, and puts
 * the secret into the body, so that it is in no URL (VW-06). Never throws but for `signal`'s abort.
 */
export async function openShare(
  link: ShareLink,
  parts: ShareClientParts,
  { sessionId, proofs, embedder, bearer }: ShareRequest = {},
  signal?: AbortSignal,
): Promise<ShareOutcome> {
  const timeout = AbortSignal.timeout(answerTimeoutMs);
  let response: Response;
  let body: unknown;
  try {
    response = await parts.fetch(`/api/share/${encodeURIComponent(link.publicId)}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      },
      body: JSON.stringify({ secret: link.secret, sessionId, proofs: proofs?.length ? proofs : undefined, embedder }),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    if (response.status === 200) body = await response.json();
    else if (response.status === 403) body = await response.json().catch(() => null);
  } catch (fault) {
    if (signal?.aborted) throw fault;
    return { kind: 'unreachable', waitMs: null };
  }
  if (response.status === 200) {
    const grant = readGrant(body);
    if (grant === null) return { kind: 'unreachable', waitMs: null };
    const receivedAt = parts.now();
    return { kind: 'granted', grant, receivedAt, serverOffset: clockOffset(response, receivedAt) };
  }
  return refusal(response, codeOf(body), parts.now());
}

function codeOf(problem: unknown): string {
  const code = typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : undefined;
  return typeof code === 'string' ? code : '';
}

function refusal(response: Response, code: string, now: number): ShareOutcome {
  const waitMs = retryAfterMs(response, now);
  if (response.status === 429) return { kind: 'rate-limited', waitMs: waitMs ?? waitWithoutRetryAfterMs };
  if (response.status === 409) return { kind: 'processing', waitMs };
  if (response.status === 408 || response.status === 425 || response.status >= 500)
    return { kind: 'unreachable', waitMs };
  return toldToHolders[code] ?? { kind: 'unavailable' };
}
