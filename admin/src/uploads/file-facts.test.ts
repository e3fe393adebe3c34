import { describe, expect, it } from 'vitest';
import { looksLikeVideo } from './container.ts';
import { fingerprintOf } from './fingerprint.ts';

const bytesOf = (hex: string, size = 512) => {
  const bytes = new Uint8Array(size);
  bytes.set(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
  return bytes;
};
const packets = (first: number, step: number) => {
  const bytes = new Uint8Array(512);
  for (let at = first; at < bytes.length; at += step) bytes[at] = 0x47;
  return bytes;
};

describe('the first bytes of a file', () => {
  it.each([
    ['MP4', bytesOf('00000018667479706d703432')],
    ['MOV of an old camera', bytesOf('000000086d646174')],
    ['WebM', bytesOf('1a45dfa3')],
    ['AVI', bytesOf('524946460000000041564920')],
    ['MPEG', bytesOf('000001ba')],
    ['WMV', bytesOf('3026b2758e66cf11')],
    ['a transport stream', packets(0, 188)],
    ['a transport stream of a camera', packets(4, 192)],
  ])('of %s look like a video', (_name, head) => {
    expect(looksLikeVideo(head)).toBe(true);
  });

  it.each([
    ['a sound file', bytesOf('524946460000000057415645')],
    ['a picture', bytesOf('ffd8ffe0')],
    ['nothing but sevens', bytesOf('07'.repeat(512))],
    ['an empty file', new Uint8Array(0)],
    ['one 0x47', bytesOf('47')],
  ])('of %s do not', (_name, head) => {
    expect(looksLikeVideo(head)).toBe(false);
  });
});

describe('the fingerprint of a file', () => {
  const bytes = new Uint8Array(400_000).map((_, index) => index % 251);
  const changedAt = (place: number) => {
    const other = bytes.slice();
    other[place] = 255;
    return new Blob([other]);
  };

  it('is the same for the same bytes, whatever the file is called', async () => {
    const [one, two] = [new File([bytes], 'a.mp4'), new File([bytes], 'b.mp4', { lastModified: 0 })];
    expect(await fingerprintOf(one)).toBe(await fingerprintOf(two));
    expect(await fingerprintOf(one)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([0, 200_000, 399_999])('differs when byte %i does', async (place) => {
    expect(await fingerprintOf(changedAt(place))).not.toBe(await fingerprintOf(new Blob([bytes])));
  });

  it('differs for a file of zeros of another size', async () => {
    const zeros = (size: number) => new Blob([new Uint8Array(size)]);
    expect(await fingerprintOf(zeros(300_000))).not.toBe(await fingerprintOf(zeros(300_001)));
  });
});
