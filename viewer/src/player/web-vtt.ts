/** One line of captions; times in seconds of the video. */
export interface Caption {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** `line:80%` and the like, as the file has it. */
  readonly settings: string;
}

const clock = '((?:\\d{2,}:)?\\d{2}:\\d{2}\\.\\d{3})';
const timing = new RegExp(`^${clock}[ \\t]+-->[ \\t]+${clock}[ \\t]*(.*)$`);

const secondsOf = (text: string): number => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

/**
 * The captions of one segment. `X-TIMESTAMP-MAP` ties the file's clock to that of the video's segments (RFC 8216, 3.5).
 * @param firstPts what that clock shows where the video begins, in seconds
 */
export function readCaptions(file: string, firstPts: number): Caption[] {
  const blocks = file
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/);
  const header = blocks.shift() ?? '';
  if (!header.startsWith('WEBVTT')) return [];
  const local = new RegExp(`LOCAL:${clock}`).exec(header)?.[1];
  const ticks = /MPEGTS:(\d+)/.exec(header)?.[1];
  const offset = local === undefined || ticks === undefined ? 0 : Number(ticks) / 90_000 - secondsOf(local) - firstPts;
  return blocks.flatMap((block) => {
    const lines = block.split('\n').filter((line) => line !== '');
    // The line before the times may be the cue's name; a note has no times at all.
    const at = timing.test(lines[0] ?? '') ? 0 : 1;
    const match = timing.exec(lines[at] ?? '');
    if (match === null) return [];
    const [, start = '', end = '', settings = ''] = match;
    const caption = {
      start: secondsOf(start) + offset,
      end: secondsOf(end) + offset,
      settings,
      text: lines.slice(at + 1).join('\n'),
    };
    return caption.end > Math.max(0, caption.start) ? [{ ...caption, start: Math.max(0, caption.start) }] : [];
  });
}

/** A track as the master playlist names it. */
export interface NamedTrack {
  readonly name: string;
  /** As the playlist says; empty when it does not. */
  readonly language: string;
  readonly url: string;
}

/** The subtitles of a master playlist; those that are forced belong to the picture and are no choice (RFC 8216, 4.3.4.1). */
export function subtitlesOf(master: string, url: string): NamedTrack[] {
  return master.split(/\r?\n/).flatMap((line) => {
    if (!/^#EXT-X-MEDIA:.*\bTYPE=SUBTITLES\b/.test(line) || /\bFORCED=YES\b/.test(line)) return [];
    const attribute = (name: string) => new RegExp(`[:,]${name}="([^"]*)"`).exec(line)?.[1] ?? '';
    const uri = attribute('URI');
    return uri === ''
      ? []
      : [{ name: attribute('NAME'), language: attribute('LANGUAGE'), url: new URL(uri, url).href }];
  });
}

/** The addresses of a playlist's segments. */
export function segmentsOf(playlist: string, url: string): string[] {
  return playlist
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => new URL(line, url).href);
}
