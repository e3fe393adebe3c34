import { join } from 'node:path';
import { z } from 'zod';
import { readJson, replaceJson } from '../storage/durable-file.ts';

const linkSchema = z.object({
  id: z.string(),
  videoId: z.string(),
  publicId: z.string(),
  secret: z.string(),
  expiresAt: z.string(),
});

const stateSchema = z.object({
  /** Ids of the videos that were uploaded and became ready, by key. */
  videos: z.record(z.string(), z.string()).default({}),
  link: linkSchema.optional(),
  /** The probe video of the canary. */
  canaryVideoId: z.string().optional(),
  wasPlayed: z.boolean().default(false),
  wasRevoked: z.boolean().default(false),
  /** There are links to every video, viewers of them, refusals, a revocation of several, and events that need a person. */
  isBusy: z.boolean().default(false),
});

export type SampleLink = z.infer<typeof linkSchema>;
export type SampleState = z.infer<typeof stateSchema>;

/**
 * How far the sample data got, kept in `secrets/sample-data.json` (0600): the link's secret is nowhere else, because the
 * product stores only its hash.
 */
export class SampleStateFile {
  readonly #path: string;
  #state: SampleState;

  constructor(secretsFolder: string) {
    this.#path = join(secretsFolder, 'sample-data.json');
    const parsed = stateSchema.safeParse(readJson(this.#path) ?? {});
    // Nothing of it is dear: what is missing is made again.
    this.#state = parsed.success ? parsed.data : stateSchema.parse({});
  }

  get state(): Readonly<SampleState> {
    return this.#state;
  }

  update(change: Partial<SampleState>): void {
    this.#state = { ...this.#state, ...change };
    replaceJson(this.#path, this.#state);
  }
}
