import type { RequestUploadBody, ResumeUploadAnswer } from '@mm/api/contract';
import { expect, vi } from 'vitest';
import type { ApiError } from '../providers/data/index.ts';
import type { Put } from './resumable-transfer.ts';
import { UploadQueue } from './upload-queue.ts';
import type { UploadApi } from './upload-run.ts';

export const gigabyte = 1000 ** 3;

/** Ten bytes that begin like an MP4 file. */
export const clip = (name = 'pump_drill-2.mp4', content = '\0\0\0\u0018ftyp42') =>
  new File([content], name, { type: 'video/mp4' });

const share = { id: 'share-1', publicId: 'abcdefghijkl', secret: 's3cret', expiresAt: '2026-01-08T00:00:00.000Z' };

/** A queue with a server that does as it is told, and a line that stops half-way until `letThrough`. */
export function scene(given: { put?: Put; refuse?: ApiError; resume?: Partial<ResumeUploadAnswer> } = {}) {
  const calls: string[] = [];
  const bodies: RequestUploadBody[] = [];
  const held = new Set<string>();
  const state = { refuse: given.refuse, jobs: 0, cancelled: 'cancelled' as 'cancelled' | 'processing' };
  const { promise: gate, resolve: letThrough } = Promise.withResolvers<void>();
  const api: UploadApi = {
    requestUpload: async (body) => {
      calls.push(`request ${body.title}`);
      bodies.push(body);
      if (state.refuse) throw state.refuse;
      state.jobs += 1;
      return {
        uploadJobId: `job-${state.jobs}`,
        videoId: `video-${state.jobs}`,
        uploadUrl: 'https://storage.test/u',
        expiresAt: '2026-01-01T00:00:00Z',
        share: body.shareExpiresAt ? share : null,
      };
    },
    resumeUpload: async (uploadJobId) => {
      calls.push(`resume ${uploadJobId}`);
      return {
        uploadJobId,
        videoId: 'video-9',
        state: 'uploading',
        uploadUrl: 'https://storage.test/again',
        fileName: 'pump_drill-2.mp4',
        fileSizeBytes: clip().size,
        fileFingerprint: null,
        expiresAt: '2026-01-01T00:00:00Z',
        ...given.resume,
      };
    },
    cancelUpload: async (uploadJobId) => {
      calls.push(`cancel ${uploadJobId}`);
      return { uploadJobId, state: state.cancelled };
    },
  };
  /** Sends five bytes, then waits until the gate opens. */
  const slow: Put = async (_url, { contentRange }, { signal, onProgress }) => {
    calls.push(contentRange);
    onProgress(5);
    await Promise.race([
      gate,
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    ]);
    return { status: 200, range: null };
  };
  const queue = new UploadQueue(
    {
      api,
      transport: { put: given.put ?? slow, backoff: async () => undefined },
      now: () => 0,
      shareEnd: (hours) => new Date(Date.UTC(2026, 0, 1, hours)),
    },
    {
      hold: (job) => {
        held.add(job);
        return () => void held.delete(job);
      },
      held: async () => held,
    },
  );
  const only = () => {
    const [item] = queue.items();
    if (!item) throw new Error('the queue is empty');
    return item;
  };
  const until = (expected: string) => vi.waitFor(() => expect(only().state).toBe(expected));
  return { queue, calls, bodies, held, state, only, until, letThrough };
}
