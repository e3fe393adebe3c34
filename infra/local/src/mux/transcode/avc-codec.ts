/** NAL unit type 7 is a sequence parameter set. Source: ITU-T H.264, table 7-1. */
const SEQUENCE_PARAMETER_SET = 7;

/**
 * The RFC 6381 name of an H.264 stream (`avc1.4d401f`), read from the first sequence parameter set in it, so that the
 * master playlist says what the encoder did and not what it was asked for.
 * Throws when there is no parameter set in the bytes.
 */
export function avcCodec(transportStream: Uint8Array): string {
  for (let at = 0; at + 6 < transportStream.length; at += 1) {
    const [a, b, c, header, ...levels] = transportStream.subarray(at, at + 7);
    if (a !== 0 || b !== 0 || c !== 1 || header === undefined) continue;
    if ((header & 0x1f) === SEQUENCE_PARAMETER_SET && (header & 0x80) === 0 && (header & 0x60) !== 0) {
      return `avc1.${levels.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
    }
  }
  throw new Error('no H.264 sequence parameter set found');
}
