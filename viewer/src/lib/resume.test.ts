import { describe, expect, it } from 'vitest';
import { keptInMemory } from './kept-in-memory.fixture.ts';
import { keepPlace, whereLeftOff } from './resume.ts';

const now = Date.parse('2026-11-20T00:00:00Z');
const day = 86_400_000;

function leftOff(seconds: number, { durationSeconds = 600 as number | null, after = 0, publicId = 'a1' } = {}): number {
  const keeping = keptInMemory();
  keepPlace(keeping, 'a1', { seconds, now });
  return whereLeftOff(keeping, publicId, { durationSeconds, now: now + after });
}

describe('the place somebody left off at', () => {
  it('is found again by the same link, for thirty days', () => {
    expect(leftOff(61.7)).toBe(61);
    expect(leftOff(61.7, { durationSeconds: null })).toBe(61);
    expect(leftOff(61.7, { after: 30 * day })).toBe(61);
    expect(leftOff(61.7, { after: 30 * day + 1 })).toBe(0);
    expect(leftOff(61.7, { publicId: 'b2' })).toBe(0);
  });

  it('is the start for who has hardly begun, or has seen it to its end', () => {
    expect(leftOff(9.9)).toBe(0);
    expect(leftOff(589)).toBe(589);
    expect(leftOff(591)).toBe(0);
  });

  it('is forgotten when the video has ended', () => {
    const keeping = keptInMemory();
    keepPlace(keeping, 'a1', { seconds: 61, now });
    keepPlace(keeping, 'a1', { seconds: 0, now });
    expect(keeping.kept).toEqual({});
  });

  it.each(['x', '{}', '{"seconds":"61","at":1}', '{"seconds":-5,"at":1763596800000}'])(
    'is the start when %s was kept',
    (kept) => {
      const keeping = keptInMemory({ 'mm.position.a1': kept });
      expect(whereLeftOff(keeping, 'a1', { durationSeconds: 600, now })).toBe(0);
    },
  );
});
