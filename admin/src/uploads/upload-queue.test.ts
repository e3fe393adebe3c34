import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../providers/data/index.ts';
import { fileFault, titleFrom, videoType } from './check-file.ts';
import { bytes } from './size.ts';
import { speedMeter } from './speed.ts';
import { isBusy, percentOf } from './upload-item.ts';
import { clip, gigabyte, scene } from './upload-scene.fixture.ts';

describe('the list of uploads', () => {
  it('waits for a person before anything is sent, and takes the title they gave', async () => {
    const { queue, calls, only, until, letThrough } = scene();
    queue.add([clip()], gigabyte);
    expect(only()).toMatchObject({ state: 'staged', title: 'pump drill 2' });
    queue.setTitle(only().id, 'Pump drill, part two');
    expect(calls).toEqual([]);
    queue.start(only().id);
    await until('uploading');
    letThrough();
    await until('sent');
    expect(calls[0]).toBe('request Pump drill, part two');
    expect(only().ticket?.videoId).toBe('video-1');
    expect(percentOf(only())).toBe(100);
  });

  it('never starts a file that plainly is no video', () => {
    const { queue, only, calls } = scene();
    queue.add([new File(['x'], 'notes.pdf', { type: 'application/pdf' })], gigabyte);
    expect(only()).toMatchObject({ state: 'rejected', fault: { message: 'This is not a video file.' } });
    queue.start(only().id);
    expect(only().state).toBe('rejected');
    expect(calls).toEqual([]);
  });

  it('runs two at a time, and the third when one has ended', async () => {
    const { queue, letThrough } = scene();
    queue.add([clip('a.mp4'), clip('b.mp4'), clip('c.mp4')], gigabyte);
    queue.start(...queue.items().map((item) => item.id));
    await vi.waitFor(() =>
      expect(queue.items().map((item) => item.state)).toEqual(['uploading', 'uploading', 'queued']),
    );
    letThrough();
    await vi.waitFor(() => expect(queue.items().map((item) => item.state)).toEqual(['sent', 'sent', 'sent']));
  });

  it('goes on with a paused upload at the same address, asking first how far it was', async () => {
    const { queue, calls, only, until, letThrough } = scene();
    queue.add([clip()], gigabyte);
    queue.start(only().id);
    await until('uploading');
    queue.pause(only().id);
    expect(only().state).toBe('paused');
    expect(isBusy(only())).toBe(true);
    letThrough();
    queue.start(only().id);
    await until('sent');
    expect(calls).toEqual(['request pump drill 2', 'bytes 0-9/10', 'bytes */10']);
  });

  it('cancels on the server too, once, and starts nothing again', async () => {
    const { queue, calls, only, until } = scene();
    queue.add([clip()], gigabyte);
    queue.start(only().id);
    await until('uploading');
    await queue.cancel(only().id);
    expect(only().state).toBe('cancelled');
    expect(calls.filter((call) => call.startsWith('cancel'))).toEqual(['cancel job-1']);
  });

  it('cancels an upload that the server was just agreeing to', async () => {
    const { queue, calls, only } = scene();
    queue.add([clip()], gigabyte);
    queue.start(only().id);
    expect(only().state).toBe('requesting');
    await queue.cancel(only().id);
    expect(only().state).toBe('cancelled');
    expect(calls).toEqual(['request pump drill 2', 'cancel job-1']);
  });

  it('does not call an upload cancelled whose last byte was faster', async () => {
    const { queue, state, only, until } = scene();
    state.cancelled = 'processing';
    queue.add([clip()], gigabyte);
    queue.start(only().id);
    await until('uploading');
    await queue.cancel(only().id);
    expect(only().state).toBe('sent');
  });

  it('shows the server’s refusal at the file, its message about the title at the title', async () => {
    const refuse = new ApiError({
      statusCode: 422,
      code: 'upload.invalid',
      message: 'This upload cannot be accepted.',
      requestId: 'req-7',
      errors: { title: ['Give the video a title.'], fileSizeBytes: ['The file is too large.'] },
    });
    const { queue, only, until, state, letThrough } = scene({ refuse });
    queue.add([clip()], gigabyte);
    queue.start(only().id);
    await until('failed');
    expect(only().fault).toEqual({
      message: 'The file is too large.',
      title: 'Give the video a title.',
      requestId: 'req-7',
    });
    state.refuse = new ApiError({
      statusCode: 422,
      code: 'invalid',
      message: 'One field is wrong.',
      errors: { title: ['Give it.'] },
    });
    queue.start(only().id);
    await until('failed');
    expect(only().fault).toMatchObject({ message: '', title: 'Give it.' });
    state.refuse = undefined;
    letThrough();
    queue.start(only().id);
    await until('sent');
  });

  it('asks for a new address when the old one is dead, and closes the old job', async () => {
    const answers = [410, 200];
    const { queue, calls, only, until } = scene({ put: async () => ({ status: answers.shift() ?? 500, range: null }) });
    queue.add([clip()], gigabyte);
    queue.start(only().id);
    await until('failed');
    await vi.waitFor(() => expect(calls).toContain('cancel job-1'));
    queue.start(only().id);
    await until('sent');
    expect(only().ticket?.uploadJobId).toBe('job-2');
  });

  it('says when it waits for the connection, and when it goes on', async () => {
    const seen: boolean[] = [];
    const answers = [0, 308, 200];
    const { queue, only, until } = scene({
      put: async () => {
        seen.push(only().isWaiting);
        return { status: answers.shift() ?? 500, range: 'bytes=0-4' };
      },
    });
    queue.add([clip()], gigabyte);
    queue.start(only().id);
    await until('sent');
    expect(seen).toEqual([false, true, false]);
  });

  it('does not let go of an upload that is running', async () => {
    const { queue, only, until, letThrough } = scene();
    queue.add([clip()], gigabyte);
    queue.start(only().id);
    await until('uploading');
    queue.remove(only().id);
    expect(queue.items()).toHaveLength(1);
    letThrough();
    await until('sent');
    queue.clearFinished();
    expect(queue.items()).toEqual([]);
  });
});

describe('a chosen file', () => {
  it('is known by its ending where the browser knows no type', () => {
    expect(videoType({ name: 'a.MKV', type: '' })).toBe('video/x-matroska');
    expect(videoType({ name: 'a.mp4', type: 'text/plain' })).toBeUndefined();
    expect(videoType({ name: 'constructor', type: '' })).toBeUndefined();
  });

  it('is refused when empty or larger than the server takes', () => {
    expect(fileFault({ name: 'a.mp4', type: 'video/mp4', size: 0 }, gigabyte)).toBe('The file is empty.');
    expect(fileFault({ name: 'a.mp4', type: 'video/mp4', size: gigabyte + 1 }, gigabyte)).toBe(
      'The file is larger than 1 GB.',
    );
    expect(fileFault({ name: 'a.mp4', type: 'video/mp4', size: gigabyte }, gigabyte)).toBeUndefined();
  });

  it('lends its name to the title', () => {
    expect(titleFrom('2026-03_Pump__drill.final.mov')).toBe('2026 03 Pump drill.final');
    expect(titleFrom('---.mp4')).toBe('---.mp4');
  });
});

it('sizes read as in a file manager', () => {
  expect([0, 999, 1536, 5 * gigabyte].map(bytes)).toEqual(['0 B', '999 B', '1.5 kB', '5 GB']);
});

it('the speed is that of the last seconds, and starts afresh after an interruption', () => {
  const meter = speedMeter();
  expect(meter.add(0, 0)).toBe(0);
  expect(meter.add(2000, 1000)).toBe(2000);
  expect(meter.add(500, 2000)).toBe(0);
  expect(meter.add(1500, 3000)).toBe(1000);
});
