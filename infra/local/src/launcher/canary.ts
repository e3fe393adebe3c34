import { PERSONAS, PLAYBACK_CANARY } from '../identity/personas.ts';
import type { SampleStateFile } from './sample-state.ts';
import { RefusedError, StaffClient } from './staff-client.ts';
import { type VideoMaker, type VideoPlan, videoOf } from './video-maker.ts';

export type CanaryOptions = {
  urls: { app: string; identity: string };
  maker: VideoMaker;
  file: SampleStateFile;
  /** Starts the worker again: it is told of the probe video in the state whenever it starts. */
  restartWorker: () => Promise<void>;
};

/** Small and short: nobody watches it but the worker. */
const PROBE: VideoPlan = {
  title: 'Playback canary: measured, not watched',
  description: 'The worker shares it, plays it and takes it back, to measure how soon nothing plays.',
  fileName: 'playback-canary.mp4',
  seconds: 4,
  caption: 'CANARY',
  color: '#3d3d3d',
  size: { width: 640, height: 360 },
};

/**
 * Gives the canary (SH-08) what it measures on: a video of an account of its own, made by the product's own doors. The worker that
 * does not know of it is started again, and an operator asks for the first run, so that there are figures before the schedule's turn.
 * @returns true when there was none yet, or it was gone
 */
export async function ensureCanary({ urls, maker, file, restartWorker }: CanaryOptions): Promise<boolean> {
  const owner = new StaffClient(PLAYBACK_CANARY, urls);
  await owner.rpc('sign_in');
  const known = file.state.canaryVideoId;
  if (known !== undefined && (await videoOf(owner, known))?.status === 'ready') return false;
  file.update({ canaryVideoId: await maker.make(owner, PROBE, () => {}) });
  await restartWorker();
  await runOnce(new StaffClient(PERSONAS.tomas, urls));
  return true;
}

/** Asks for a run. One that the worker has begun by itself serves as well. */
async function runOnce(operator: StaffClient): Promise<void> {
  await operator.rpc('sign_in');
  try {
    await operator.rpc('run_job', { job: 'canary', reason: 'The first measurement on a new probe video.' });
  } catch (error) {
    if (!(error instanceof RefusedError && error.status === 409)) throw error;
  }
}
