import { type Keeping, keptObject } from './keeping.ts';

/** Shorter than this nobody misses what they have seen. */
const shortest = 10;
/** So near to the end a video counts as seen. */
const lastSeconds = 10;
const keptForMs = 30 * 86_400_000;

const keyOf = (publicId: string) => `mm.position.${publicId}`;

/**
 * Where somebody left off, in seconds; 0 when there is nothing to go back to. Kept in this browser alone and for 30 days.
 * @param durationSeconds the video's length, where it is known
 */
export function whereLeftOff(
  keeping: Keeping,
  publicId: string,
  { durationSeconds, now }: { readonly durationSeconds: number | null; readonly now: number },
): number {
  const kept = keptObject(keeping, keyOf(publicId));
  if (typeof kept?.seconds !== 'number' || typeof kept.at !== 'number') return 0;
  const isOld = now - kept.at > keptForMs;
  const isSeen = durationSeconds !== null && kept.seconds > durationSeconds - lastSeconds;
  if (isOld || isSeen) keeping.remove(keyOf(publicId));
  return isOld || isSeen || !(kept.seconds >= shortest) ? 0 : kept.seconds;
}

/** Keeps the place; `seconds` 0 forgets it. */
export function keepPlace(
  keeping: Keeping,
  publicId: string,
  place: { readonly seconds: number; readonly now: number },
) {
  if (place.seconds < shortest) keeping.remove(keyOf(publicId));
  else keeping.set(keyOf(publicId), JSON.stringify({ seconds: Math.floor(place.seconds), at: place.now }));
}
