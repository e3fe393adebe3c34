import { ensureCanary } from './canary.ts';
import { type StackPlan, stackUrls } from './product-services.ts';
import { SampleData } from './sample-data.ts';
import type { SampleStateFile } from './sample-state.ts';
import type { Terminal } from './terminal.ts';
import { VideoMaker } from './video-maker.ts';

export type StartedSample = {
  /** A working share link. */
  link: string | undefined;
  /** Settles when all of the sample data is there. */
  done: Promise<void>;
};

export type SampleStart = {
  plan: StackPlan;
  file: SampleStateFile;
  signal: AbortSignal;
  terminal: Terminal;
  isWanted: boolean;
  hasCanary: boolean;
  restartWorker: () => Promise<void>;
};

/**
 * Begins to draw the first clip at once, and answers a function to call when the product is up. That one waits for the first
 * video and the link only; the rest arrives while people look around. A product that runs but whose sample data failed is
 * still worth having: that is said, and the start goes on.
 */
export function sampleDataFor(start: SampleStart): () => Promise<StartedSample> {
  const { plan, file, signal, terminal, isWanted, hasCanary, restartWorker } = start;
  if (!isWanted) return async () => ({ link: undefined, done: Promise.resolve() });
  const urls = stackUrls(plan.ports);
  const maker = new VideoMaker({ clipsFolder: plan.folder.samples, signal });
  const sample = new SampleData({ urls, maker, file, webhookSecret: plan.secrets.muxWebhookSecret });
  sample.prepare();
  const complain = (error: unknown): void => {
    if (signal.aborted) return;
    terminal.say(`  ! sample data: ${error instanceof Error ? error.message : String(error)}`);
  };

  const addTheRest = async (): Promise<void> => {
    if (sample.isMissingSomething) await sample.addTheRest((line) => terminal.say(line));
    if (hasCanary && (await ensureCanary({ urls, maker, file, restartWorker }))) {
      terminal.say('  ✓ the canary measures how soon revoked links stop to play');
    }
  };

  return async () => {
    try {
      if (sample.needsFirstVideo) {
        await terminal.step('a first sample video', (progress) => sample.ensureFirstVideo(progress));
      }
      const link = await sample.ensureLink();
      const done = addTheRest();
      done.catch(complain);
      return { link, done };
    } catch (error) {
      complain(error);
      const done = Promise.reject(error);
      done.catch(() => {});
      return { link: undefined, done };
    }
  };
}
