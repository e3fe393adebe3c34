/** One cue as it stands in the file; times in seconds. */
export interface Cue {
  readonly start: number;
  readonly end: number;
  /** Position and alignment, as written. */
  readonly settings: string;
  readonly text: string;
}

const timing = /^((?:\d{2,}:)?\d{2}:\d{2}\.\d{3})[ \t]+-->[ \t]+((?:\d{2,}:)?\d{2}:\d{2}\.\d{3})[ \t]*(.*)$/;

/** The cues of a WebVTT file; none for anything that is no such file. Source: https://www.w3.org/TR/webvtt1/. */
export function readCues(file: string): Cue[] {
  const blocks = file
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/);
  if (!/^WEBVTT(?:[ \t\n]|$)/.test(blocks[0] ?? '')) return [];
  return blocks.slice(1).flatMap((block) => {
    const lines = block.split('\n').filter((line) => line !== '');
    const at = lines.findIndex((line) => timing.test(line));
    const match = timing.exec(lines[at] ?? '');
    if (match === null || at > 1) return [];
    const [, start = '', end = '', settings = ''] = match;
    const text = lines.slice(at + 1).join('\n');
    return seconds(end) > seconds(start) && text !== ''
      ? [{ start: seconds(start), end: seconds(end), settings, text }]
      : [];
  });
}

/** A segment of a subtitle playlist: the cues that show in it, in the time of the whole, tied to the clock of the video's segments. */
export function segmentOf(cues: readonly Cue[], from: number, to: number, firstPts: number): string {
  const shown = cues.filter(({ start, end }) => start < to && end > from);
  const header = `WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:${firstPts}\n`;
  const blocks = shown.map(
    ({ start, end, settings, text }) =>
      `${stamp(start)} --> ${stamp(end)}${settings === '' ? '' : ` ${settings}`}\n${text}\n`,
  );
  return [header, ...blocks].join('\n');
}

function seconds(text: string): number {
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

function stamp(value: number): string {
  const ms = Math.round(value * 1000);
  const pad = (part: number, digits: number) => String(Math.floor(part)).padStart(digits, '0');
  return `${pad(ms / 3_600_000, 2)}:${pad((ms / 60_000) % 60, 2)}:${pad((ms / 1000) % 60, 2)}.${pad(ms % 1000, 3)}`;
}

/** Presentation time of the first picture of an MPEG-TS segment, in ticks of 90 kHz; 0 when it holds none (ISO/IEC 13818-1, 2.4.3). */
export function firstPts(segment: Buffer): number {
  for (let at = 0; at + 188 <= segment.length; at += 188) {
    const startsUnit = ((segment[at + 1] ?? 0) & 0x40) !== 0;
    const hasField = ((segment[at + 3] ?? 0) & 0x20) !== 0;
    const payload = at + 4 + (hasField ? 1 + (segment[at + 4] ?? 0) : 0);
    const isVideo = segment.readUInt32BE(Math.min(payload, segment.length - 4)) >>> 4 === 0x1e;
    if (!startsUnit || !isVideo || ((segment[payload + 7] ?? 0) & 0x80) === 0) continue;
    const byte = (offset: number) => segment[payload + 9 + offset] ?? 0;
    return (
      ((byte(0) >> 1) & 7) * 2 ** 30 + byte(1) * 2 ** 22 + (byte(2) >> 1) * 2 ** 15 + byte(3) * 2 ** 7 + (byte(4) >> 1)
    );
  }
  return 0;
}
