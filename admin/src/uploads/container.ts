/** Enough to see two packets of a transport stream. */
export const headBytes = 512;

/** Types of the first box of an MP4 or MOV file (ISO/IEC 14496-12, QuickTime File Format). */
const firstBoxes = new Set(['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot', 'styp', 'uuid']);

/** First bytes of the other containers, in hexadecimal. */
const signatures = [
  '1a45dfa3', // Matroska and WebM: an EBML header
  '000001ba', // MPEG program stream
  '000001b3', // MPEG video
  '3026b275', // ASF: WMV
  '464c5601', // FLV
  '4f676753', // Ogg
];

/**
 * Whether the first bytes of a file are those of a video container. A doubt, not a verdict: Mux decides. It spares a coach from
 * waiting for gigabytes of a damaged file to arrive before hearing of it.
 */
export function looksLikeVideo(head: Uint8Array): boolean {
  const text = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to));
  const hex = [...head.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (firstBoxes.has(text(4, 8)) || signatures.includes(hex)) return true;
  if (text(0, 4) === 'RIFF') return text(8, 12) === 'AVI ';
  // Transport streams are packets of 188 bytes that begin with 0x47; those of cameras put four bytes before each.
  return [
    [0, 188],
    [4, 196],
  ].some((places) => places.every((place) => head[place] === 0x47));
}
