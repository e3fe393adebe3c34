import { setTimeout as delay } from 'node:timers/promises';
import { Histogram, type Registry } from '@prometheus-io/client';
import { DatabaseError } from 'pg';
import type { Logger } from 'pino';
import { type Measured, measure } from '../canary/measure.ts';
import { CanaryViewer, NotPlayableError } from '../canary/viewer.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import type { JobCounts } from './scheduled-jobs.ts';

/** What had not come by the end of a run counts as longer than every bound. */
const neverSeconds = 3_600;

interface Run {
  readonly run_id: string;
  readonly kind: 'revoke' | 'cut';
  readonly public_id: string;
  readonly secret: string;
}

const beginStatement = {
  name: 'begin_canary',
  text: 'select run_id, kind, public_id, secret from app.begin_canary($1)',
};
const actStatement = { name: 'act_canary', text: 'select app.act_canary($1, $2)' };
const finishStatement = { name: 'finish_canary', text: 'select app.finish_canary($1, $2, $3, $4, $5) as outcome' };

/** How soon revoked links and cut videos stop to play, as the canary measured it. */
export class CanaryTelemetry {
  readonly #seconds: Histogram<'kind' | 'step'>;
  constructor(registry: Registry) {
    this.#seconds = new Histogram({
      name: 'mm_canary_seconds',
      help: 'From the revocation of the canary’s link (kind revoke) or the cut of its video (kind cut) until the step was refused: mint, manifest or segment.',
      labelNames: ['kind', 'step'] as const,
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 240, 300, 360, 480, 600, 720, 780, 840, 900, 1_200],
      registers: [registry],
    });
    for (const kind of ['revoke', 'cut'] as const) {
      for (const step of ['mint', 'manifest', 'segment']) {
        this.#seconds.zero({ kind, step });
      }
    }
  }

  observe(kind: Run['kind'], { mintMs, manifestMs, segmentMs }: Measured): void {
    for (const [step, ms] of Object.entries({ mint: mintMs, manifest: manifestMs, segment: segmentMs })) {
      this.#seconds.observe({ kind, step }, ms === null ? neverSeconds : ms / 1_000);
    }
  }
}

interface Doors {
  readonly database: Database;
  readonly log: Logger;
  readonly telemetry: CanaryTelemetry;
  /** Aborted when the worker is asked to end: the run is recorded as failed. */
  readonly ending: AbortSignal;
}

function codeOf(error: unknown): string {
  if (error instanceof NotPlayableError) {
    return error.message;
  }
  // A refusal of our own has its stable code in the hint.
  return error instanceof DatabaseError ? (error.hint ?? `postgres.${error.code ?? 'unknown'}`) : 'worker.unexpected';
}

/**
 * One run of the canary (SH-08): a link on the probe video, played over HTTP like any viewer's, taken back or cut off, and watched until nothing
 * plays. Takes as long as a playback token lives. Does nothing where no probe video is configured.
 * @returns milliseconds by step, for the record of the job.
 * @throws when it could not be measured, after that was recorded.
 */
export async function probeRevocation(config: Config, { database, log, telemetry, ending }: Doors): Promise<JobCounts> {
  if (config.canaryVideoId === undefined) {
    return { skipped: 1 };
  }
  const [run] = await database.query<Run>(beginStatement, [config.canaryVideoId]);
  if (run === undefined) {
    throw new Error('The canary did not begin.');
  }
  const finish = async (measured: Partial<Measured>, error: string | null): Promise<string> => {
    const [row] = await database.query<{ outcome: string }>(finishStatement, [
      run.run_id,
      measured.mintMs ?? null,
      measured.manifestMs ?? null,
      measured.segmentMs ?? null,
      error,
    ]);
    return row?.outcome ?? 'unknown';
  };
  try {
    const measured = await measure({
      kind: run.kind,
      viewer: new CanaryViewer(config.http.publicUrl, { publicId: run.public_id, secret: run.secret }),
      act: async (tokenExpiresAt) => {
        await database.query(actStatement, [run.run_id, tokenExpiresAt]);
      },
      wait: (ms) => delay(ms, undefined, { signal: ending }),
    });
    telemetry.observe(run.kind, measured);
    const outcome = await finish(measured, null);
    log.info({ runId: run.run_id, kind: run.kind, outcome, ...measured }, 'revocation measured');
    return {
      [run.kind]: 1,
      ...(measured.mintMs === null ? {} : { mintMs: measured.mintMs }),
      ...(measured.manifestMs === null ? {} : { manifestMs: measured.manifestMs }),
      ...(measured.segmentMs === null ? {} : { segmentMs: measured.segmentMs }),
    };
  } catch (error) {
    await finish({}, ending.aborted ? 'worker.ended' : codeOf(error));
    throw error;
  }
}
