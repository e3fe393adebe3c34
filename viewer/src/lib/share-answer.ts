import type { ResolveShareAnswer } from '@mm/api/contract';

/** What the server grants for a link that may be played now. */
export type Grant = ResolveShareAnswer;

const isText = (value: unknown): value is string => typeof value === 'string';
const isUrl = (value: unknown): value is string => isText(value) && URL.canParse(value);
const isMoment = (value: unknown): value is string => isText(value) && Number.isFinite(Date.parse(value));
const isPositive = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0;

/**
 * Checks an answer of `POST /api/share/:publicId` by hand. The zod schema of the contract says the same, but would by itself
 * be larger than everything else on this page before the poster; a test holds the two together.
 * @returns null for anything that is not such an answer.
 */
export function readGrant(body: unknown): Grant | null {
  if (typeof body !== 'object' || body === null) return null;
  const answer: Partial<Record<keyof Grant, unknown>> = body;
  const { playbackUrl, posterUrl, storyboardUrl, expiresAt, availableUntil, renewAfterSeconds, title } = answer;
  const { durationSeconds, aspectRatio, sessionId } = answer;
  if (!isUrl(playbackUrl) || !isUrl(posterUrl) || !isUrl(storyboardUrl)) return null;
  if (!isMoment(expiresAt) || !isMoment(availableUntil) || !isPositive(renewAfterSeconds) || !isText(title))
    return null;
  if (!isText(sessionId)) return null;
  if (durationSeconds !== null && typeof durationSeconds !== 'number') return null;
  if (aspectRatio !== null && !isText(aspectRatio)) return null;
  return {
    sessionId,
    playbackUrl,
    posterUrl,
    storyboardUrl,
    expiresAt,
    availableUntil,
    renewAfterSeconds,
    title,
    durationSeconds,
    aspectRatio,
  };
}
