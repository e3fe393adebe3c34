import { withCurrentToken } from '../lib/playback-token.ts';
import type { TokenSource } from './hls-config.ts';
import { type NamedTrack, readCaptions, segmentsOf, subtitlesOf } from './web-vtt.ts';

/**
 * Offers the captions of a stream in the player's menu. The light build of hls.js names them and leaves them alone; here they are
 * fetched when somebody switches them on, as tracks of the video element itself, so that full screen and picture in picture
 * show them too.
 * @param firstPts what the clock of the segments shows where the video begins, in seconds; asked when captions are fetched
 */
export function offerCaptions(
  video: HTMLVideoElement,
  { master, url: masterUrl }: { readonly master: string; readonly url: string },
  tokens: TokenSource,
  firstPts: () => number,
): void {
  const waiting = new Map(
    subtitlesOf(master, masterUrl).map((track) => [video.addTextTrack('captions', track.name, track.language), track]),
  );
  // A track that was just made is not shown, but would count as known to the page.
  for (const track of waiting.keys()) track.mode = 'disabled';
  video.textTracks.addEventListener('change', () => {
    for (const [track, named] of waiting) {
      if (track.mode !== 'showing') continue;
      waiting.delete(track);
      fill(track, named).catch(() => waiting.set(track, named));
    }
  });

  async function fill(track: TextTrack, { url }: NamedTrack): Promise<void> {
    const known = new Set<string>();
    for (const segment of segmentsOf(await read(url), url)) {
      for (const { start, end, text, settings } of readCaptions(await read(segment), firstPts())) {
        // What shows across the border of two segments stands in both.
        const name = `${start} ${end} ${text}`;
        if (known.has(name)) continue;
        known.add(name);
        const cue = new VTTCue(start, end, text);
        const line = /(?:^|\s)line:(\d+)%/.exec(settings)?.[1];
        if (line !== undefined) Object.assign(cue, { snapToLines: false, line: Number(line) });
        track.addCue(cue);
      }
    }
  }

  /** With a token that is good now; one that is refused is asked for anew, once. */
  async function read(url: string, isSecond = false): Promise<string> {
    const token = await tokens.usableToken();
    const response = await fetch(withCurrentToken(url, token, tokens.issued), {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    if ((response.status === 401 || response.status === 403) && !isSecond) {
      tokens.reject(token);
      return read(url, true);
    }
    if (!response.ok) throw new Error(`captions: ${response.status}`);
    return response.text();
  }
}
