import { type StackPlan, stackUrls } from './product-services.ts';
import { SampleData } from './sample-data.ts';
import type { Terminal } from './terminal.ts';

export type StartedSample = {
  /** A working share link. */
  link: string | undefined;
  /** Settles when all of the sample data is there. */
  done: Promise<void>;
};

export type SampleStart = { plan: StackPlan; signal: AbortSignal; terminal: Terminal; isWanted: boolean };

/**
 * Begins to draw the first clip at once, and answers a function to call when the product is up. That one waits for the first
 * video and the link only; the rest arrives while people look around. A product that runs but whose sample data failed is
 * still worth having: that is said, and the start goes on.
 */
export function sampleDataFor({ plan, signal, terminal, isWanted }: SampleStart): () => Promise<StartedSample> {
  if (!isWanted) return async () => ({ link: undefined, done: Promise.resolve() });
  const { ports, folder } = plan;
  const places = { urls: stackUrls(ports), clipsFolder: folder.samples, secretsFolder: folder.secrets };
  const sample = new SampleData({ ...places, signal });
  sample.prepare();
  const complain = (error: unknown): void => {
    if (signal.aborted) return;
    terminal.say(`  ! sample data: ${error instanceof Error ? error.message : String(error)}`);
  };

  return async () => {
    try {
      if (sample.needsFirstVideo) {
        await terminal.step('a first sample video', (progress) => sample.ensureFirstVideo(progress));
      }
      const link = await sample.ensureLink();
      const done = sample.isMissingSomething ? sample.addTheRest((line) => terminal.say(line)) : Promise.resolve();
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
