import { locale, text } from '../../locales/index.ts';
import type { PlaybackSessionRow } from '../rows.ts';
import type { CurvePiece } from './answers.ts';

const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
const finePercents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });

/** “63%” from 0.6312. A little is not nothing, and nearly all is not all: those are told to a tenth. */
export function percent(share: number): string {
  const fine = share > 0 && (share < 0.01 || share > 0.99) && share < 1;
  return (fine ? finePercents : percents).format(share);
}

const units = [
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** “2 h 5 min”, “3 min 20 s”, “4 s”: the two greatest units. */
export function watchTime(seconds: number): string {
  let left = Math.round(seconds);
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    left %= size;
    if (count > 0) parts.push(`${count.toLocaleString(locale)} ${unit}`);
  }
  return parts.length === 0 ? '0 s' : parts.slice(0, 2).join(' ');
}

/** The pieces of a curve joined into fewer, each the mean of those that it is made of. */
export function joinPieces(pieces: readonly CurvePiece[], into: number): CurvePiece[] {
  return Array.from({ length: Math.min(into, pieces.length) }, (_, piece) => {
    const [from, to] = [piece, piece + 1].map((edge) => Math.round((edge * pieces.length) / into)) as [number, number];
    const part = pieces.slice(from, to);
    const first = part[0];
    const last = part.at(-1);
    const length = part.reduce((sum, one) => sum + one.to_seconds - one.from_seconds, 0);
    const seen = part.reduce((sum, one) => sum + one.watched * (one.to_seconds - one.from_seconds), 0);
    return {
      piece,
      from_seconds: first?.from_seconds ?? 0,
      to_seconds: last?.to_seconds ?? 0,
      watched: length === 0 ? 0 : seen / length,
    };
  });
}

/** What a session came to, in one word or a share of the video. */
export function outcomeWords(session: PlaybackSessionRow): string {
  const words = text.plays.sessions;
  if (!session.is_played) return words.notStarted;
  if (!session.is_measured) return words.notMeasured;
  return session.completion === null ? watchTime(session.watch_seconds ?? 0) : percent(session.completion);
}
