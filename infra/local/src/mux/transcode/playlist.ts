/** A segment as a media playlist lists it. */
export interface Segment {
  readonly uri: string;
  readonly seconds: number;
}

/** The segments of an HLS media playlist (RFC 8216), in order. */
export function playlistSegments(playlist: string): Segment[] {
  const segments: Segment[] = [];
  let seconds = 0;
  for (const line of playlist.split(/\r?\n/)) {
    const duration = /^#EXTINF:([\d.]+)/.exec(line)?.[1];
    if (duration !== undefined) seconds = Number(duration);
    else if (line !== '' && !line.startsWith('#')) segments.push({ uri: line, seconds });
  }
  return segments;
}
