import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSampleClip } from '../../src/media/sample-clip.ts';
import { probe } from '../../src/mux/transcode/probe.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sample-clip-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a sample clip', () => {
  it('has the length, size and sound that were asked for', async () => {
    const path = join(folder, 'clip.mp4');
    await makeSampleClip({ path, seconds: 1.5, width: 320, height: 180, text: "It's 100% ~ready~", color: '#aa3322' });
    const facts = await probe(path);
    expect(facts).toMatchObject({
      width: 320,
      height: 180,
      frameRate: 30,
      videoCodec: 'h264',
      audio: { codec: 'aac' },
    });
    expect(facts.durationSeconds).toBeCloseTo(1.5, 1);
  });

  it('can be silent and without a title', async () => {
    const path = join(folder, 'silent.mp4');
    await makeSampleClip({ path, seconds: 0.5, width: 64, height: 64, tone: false });
    expect(await probe(path)).toMatchObject({ audio: null, width: 64 });
  });

  it.each([
    ['odd sizes', { width: 321, height: 180, seconds: 1 }, /width/],
    ['no length', { width: 320, height: 180, seconds: 0 }, /seconds/],
    ['a colour that is none', { width: 320, height: 180, seconds: 1, color: 'red' }, /color/],
  ])('refuses %s by name', async (_name, clip, message) => {
    await expect(makeSampleClip({ path: join(folder, 'never.mp4'), ...clip })).rejects.toThrow(message);
  });
});
