/** Older than this, in seconds, a signature is stale: the tolerance of Mux's and of Svix's own libraries. */
export const staleAfterSeconds = 300;
/** Further ahead than this, in seconds, a signature is refused; Mux's SDK accepts any future time. */
export const futureToleranceSeconds = 60;

/** More signatures than anybody rotates through are an attempt to guess. */
export const mostSignatures = 4;

export const refusalReasons = ['missing', 'malformed', 'mismatch', 'future'] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export type SignatureVerdict =
  | { readonly kind: 'fresh'; readonly signedAt: Date }
  /** Rightly signed, but long ago: a late retry or a replay. It is kept aside, never folded. */
  | { readonly kind: 'stale'; readonly signedAt: Date }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

/**
 * Judges the age of a signature that is known to be right: of a wrong one the time means nothing.
 * @param timestamp seconds since the epoch, as it was signed
 */
export function judgeAge(timestamp: string, now: Date): SignatureVerdict {
  const signedAt = new Date(Number(timestamp) * 1000);
  const ageSeconds = (now.getTime() - signedAt.getTime()) / 1000;
  if (ageSeconds < -futureToleranceSeconds) {
    return { kind: 'refused', reason: 'future' };
  }
  return { kind: ageSeconds > staleAfterSeconds ? 'stale' : 'fresh', signedAt };
}
