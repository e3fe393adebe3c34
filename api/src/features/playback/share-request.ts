import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ProvenLink } from '../../playback/share-proofs.ts';
import type { ProblemCode } from '../../problems/catalogue.ts';
import { type ProblemError, problemOf } from '../../problems/problem-error.ts';

/** The shape of the id in the path of a link; what has another belongs to no link of ours. */
export const publicIdShape = /^[A-Za-z0-9]{12}$/;

/** The shape that a secret of ours can have; anything else is refused without asking, in the words of every other refusal. */
const secretShape = /^[A-Za-z0-9_-]{22,128}$/;

/** A link as somebody names it, or undefined when it can be none of ours. Only the secret's SHA-256 leaves this process. */
export function namedLink(publicId: string, secret: string): ProvenLink | undefined {
  return secretShape.test(secret) && publicIdShape.test(publicId)
    ? { publicId, secretHash: createHash('sha256').update(secret).digest() }
    : undefined;
}

/** A body as JSON, whatever its content type; one that is no JSON is as good as none. */
export function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What of a proof's refusals only who holds the right secret is told. All others are one answer (SH-07). */
const toldToHolders: Readonly<Record<string, ProblemCode>> = {
  'proof.passphrase_wrong': 'share.passphrase_wrong',
  'proof.code_wrong': 'share.code_wrong',
  'proof.throttled': 'share.throttled',
};

type ProofKind = 'passphrase' | 'code_request' | 'code';

/** The link of a request to prove something. @throws the answer that every dead link gets, when it can be none of ours. */
export function linkToProve(app: FastifyInstance, kind: ProofKind, publicId: string, secret: string): ProvenLink {
  const link = namedLink(publicId, secret);
  if (link === undefined) {
    app.telemetry.shareProofs.inc({ kind, rule: 'proof.malformed' });
    throw problemOf('share.unavailable');
  }
  return link;
}

/** The answer to a proof that SQL refused by this rule. */
export function proofRefused(rule: string, retryAfterSeconds: number | null = null): ProblemError {
  return problemOf(toldToHolders[rule] ?? 'share.unavailable', {
    retryAfterSeconds: retryAfterSeconds ?? undefined,
  });
}
