import type { UploadJobRow, VideoRow } from '../rows.ts';

export type StepName = 'requested' | 'uploading' | 'processing' | 'ready' | 'errored' | 'cancelled' | 'expired';

/** `at` is absent for what has not happened, and for what is known to have happened without its time. */
export type Step = { name: StepName; at: string | undefined; look: 'done' | 'now' | 'later' | 'failed' | 'stopped' };

type Video = Pick<VideoRow, 'status' | 'created_at' | 'ready_at' | 'updated_at'>;
type Job = Pick<UploadJobRow, 'state' | 'requested_at' | 'uploading_at' | 'processing_at' | 'finished_at'>;

/**
 * The story of an upload: what happened with its time, what happens now, what is still to come. A story that ended early
 * shows no steps that will never come.
 */
export function stepsOf(video: Video, job: Job | undefined): Step[] {
  const past: Step[] = [{ name: 'requested', at: job?.requested_at ?? video.created_at, look: 'done' }];
  if (job?.uploading_at) past.push({ name: 'uploading', at: job.uploading_at, look: 'done' });
  if (job?.processing_at) past.push({ name: 'processing', at: job.processing_at, look: 'done' });
  const ended = job?.finished_at ?? video.updated_at;

  switch (video.status) {
    case 'ready':
    case 'deleted':
      return [...past, { name: 'ready', at: video.ready_at ?? job?.finished_at ?? undefined, look: 'done' }];
    case 'errored':
      return [...past, { name: job?.state === 'expired' ? 'expired' : 'errored', at: ended, look: 'failed' }];
    case 'cancelled':
      return [...past, { name: job?.state === 'expired' ? 'expired' : 'cancelled', at: ended, look: 'stopped' }];
    default: {
      const last = past.length - 1;
      const running = past.map((step, index): Step => (index === last ? { ...step, look: 'now' } : step));
      const names: StepName[] = ['uploading', 'processing', 'ready'];
      const coming = names.filter((name) => !past.some((step) => step.name === name));
      return [...running, ...coming.map((name): Step => ({ name, at: undefined, look: 'later' }))];
    }
  }
}
