import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../providers/data/index.ts';
import { fingerprintOf } from './fingerprint.ts';
import { failureWords } from './upload-faults.ts';
import { hasUncopiedLink, isLosable, newItem, overall } from './upload-item.ts';
import { clip, gigabyte, scene } from './upload-scene.fixture.ts';

const job = {
  uploadJobId: 'job-9',
  title: 'Pump drill',
  fileName: 'pump_drill-2.mp4',
  fileSizeBytes: clip().size,
};

describe('a link wished together with an upload', () => {
  it('is asked for with the upload, its end counted from that moment', async () => {
    const { queue, bodies, only, until, letThrough } = scene();
    queue.add([clip()], gigabyte);
    queue.setShare(only().id, { hours: 24, label: 'Squad' });
    queue.start(only().id);
    await until('uploading');
    expect(bodies[0]).toMatchObject({ shareExpiresAt: '2026-01-02T00:00:00.000Z', shareLabel: 'Squad' });
    expect(only().link).toMatchObject({ publicId: 'abcdefghijkl', secret: 's3cret' });
    letThrough();
    await until('sent');
  });

  it('keeps the page from being left until it has been copied', async () => {
    const { queue, only, until, letThrough } = scene();
    queue.add([clip()], gigabyte);
    queue.setShare(only().id, { hours: 24, label: '' });
    letThrough();
    queue.start(only().id);
    await until('sent');
    expect(isLosable(only())).toBe(true);
    queue.clearFinished();
    expect(queue.items()).toHaveLength(1);
    queue.linkCopied(only().id);
    expect(hasUncopiedLink(only())).toBe(false);
    queue.clearFinished();
    expect(queue.items()).toEqual([]);
  });

  it('is not asked for when it is not wished for', async () => {
    const { queue, bodies, only, until } = scene();
    queue.add([clip()], gigabyte);
    queue.setShare(only().id, { hours: 24, label: '' });
    queue.setShare(only().id, undefined);
    queue.start(only().id);
    await until('uploading');
    expect(bodies[0]).not.toHaveProperty('shareExpiresAt');
  });
});

describe('an upload of a page that is gone', () => {
  it('goes on at the address that the server answers, asking first how far it was', async () => {
    const { queue, calls, only, until, letThrough } = scene({
      resume: { fileFingerprint: await fingerprintOf(clip()) },
    });
    letThrough();
    expect(await queue.resume(job, clip('renamed.mp4'))).toBeUndefined();
    await until('sent');
    expect(calls).toEqual(['resume job-9', 'bytes */10']);
    expect(only()).toMatchObject({ title: 'Pump drill', ticket: { uploadJobId: 'job-9', videoId: 'video-9' } });
  });

  it('does not go on with a file of another size, and does not even ask', async () => {
    const { queue, calls } = scene();
    expect(await queue.resume(job, clip('pump_drill-2.mp4', 'another length'))).toMatch(/^This is not the file/);
    expect(calls).toEqual([]);
  });

  it('does not go on with other content of the same size', async () => {
    const { queue } = scene({ resume: { fileFingerprint: await fingerprintOf(clip()) } });
    expect(await queue.resume(job, clip('pump_drill-2.mp4', '\0\0\0\u0018ftyp43'))).toMatch(/^This is not the file/);
    expect(queue.items()).toEqual([]);
  });

  it.each([
    ['processing', /arrived already/],
    ['expired', /has ended/],
    ['cancelled', /has ended/],
  ] as const)('that is %s says so', async (state, words) => {
    const { queue } = scene({ resume: { state, uploadUrl: null } });
    expect(await queue.resume(job, clip())).toMatch(words);
    expect(queue.items()).toEqual([]);
  });

  it('is left to the tab that sends it, until that one is done', async () => {
    const { queue, held, only, until, letThrough } = scene();
    queue.add([clip()], gigabyte);
    queue.start(only().id);
    await until('uploading');
    queue.pause(only().id);
    expect([...(await queue.held())]).toEqual(['job-1']);
    letThrough();
    queue.start(only().id);
    await until('sent');
    expect(held.size).toBe(0);
  });
});

describe('what the coach is told', () => {
  it('of the quota is when the next upload is possible, in their own zone', async () => {
    vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z'), toFake: ['Date'] });
    const refuse = new ApiError({
      statusCode: 429,
      code: 'upload.quota_exceeded',
      message: 'The next one is possible at 2026-01-01T02:30:00+00:00.',
      retryAfterSeconds: 9000,
    });
    const { queue, only, until } = scene({ refuse });
    queue.add([clip()], gigabyte);
    queue.start(only().id);
    await until('failed');
    vi.useRealTimers();
    expect(only().fault?.message).not.toContain('T02:30');
    expect(only().fault?.message).toMatch(/possible at 1 Jan 2026, \d{1,2}:30 (am|pm)/);
  });

  it('of a file that the browser cannot read is that, before anything is sent', async () => {
    const { queue, only, until, calls } = scene();
    const locked = clip();
    const error = new DOMException('locked', 'NotReadableError');
    locked.slice = () => Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(error) });
    queue.add([locked], gigabyte);
    await until('rejected');
    expect(only().fault?.message).toMatch(/^The browser cannot read this file/);
    expect(calls).toEqual([]);
  });

  it('of a file that does not begin like a video is a doubt; it may be uploaded', async () => {
    const { queue, only, until, letThrough } = scene();
    letThrough();
    queue.add([clip('broken.mp4', 'not a video at all')], gigabyte);
    await vi.waitFor(() => expect(only().isDoubtful).toBe(true));
    queue.start(only().id);
    await until('sent');
  });

  it('of a file that Mux could not read is a way out, not the vendor’s words', async () => {
    const { queue, only, until, letThrough } = scene();
    letThrough();
    queue.add([clip()], gigabyte);
    queue.start(only().id);
    await until('sent');
    queue.settle(only().id, 'refused', failureWords('invalid_input', 'The input could not be probed'));
    expect(only()).toMatchObject({ state: 'refused', fault: { message: expect.stringContaining('export it anew') } });
    expect(failureWords('upload.expired', 'It was not finished in time.')).toBe('It was not finished in time.');
    expect(failureWords(null, null)).toMatch(/no video could be made/);
  });
});

it('all uploads as one count by their bytes', () => {
  const item = (size: number, sentBytes: number) => ({
    ...newItem(new File(['x'.repeat(size)], 'a.mp4'), 'A'),
    state: 'uploading' as const,
    sentBytes,
    bytesPerSecond: 10,
  });
  expect(overall([item(300, 0), item(100, 100)])).toEqual({
    count: 2,
    percent: 25,
    bytesPerSecond: 20,
    secondsLeft: 15,
  });
  expect(overall([])).toMatchObject({ count: 0, percent: 0, secondsLeft: undefined });
});
