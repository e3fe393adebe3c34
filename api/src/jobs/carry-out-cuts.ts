import { APIError } from '@mux/mux-node';
import { Histogram, type Registry } from '@prometheus-io/client';
import { DatabaseError } from 'pg';
import type { Logger } from 'pino';
import { type ClaimedCut, type CutDoors, cutPlayback, StillPlaysError } from '../playback/cut-playback.ts';

const claimStatement = { name: 'claim_playback_cut', text: 'select * from app.claim_playback_cut()' };
const delayStatement = {
  name: 'delay_playback_cut',
  text: 'select app.delay_playback_cut($1, $2, $3, $4) as state',
};

/** Cuts that one worker carries out at a time. */
const lanes = 4;

/** What is kept of an error: a code. */
function codeOf(error: unknown): string {
  if (error instanceof StillPlaysError) {
    return error.message;
  }
  if (error instanceof APIError) {
    return `mux.${error.status ?? 'no_answer'}`;
  }
  return error instanceof DatabaseError ? `postgres.${error.code ?? 'unknown'}` : 'worker.unexpected';
}

/** The seconds that an answer's `retry-after` asks for; null when it does not. */
function askedPause(error: unknown): number | null {
  const value = error instanceof APIError ? (error.headers?.get('retry-after') ?? '') : '';
  return /^\d{1,4}$/.test(value) ? Number(value) : null;
}

/** How long cuts take, from the request until the stream refuses. */
export class CutTelemetry {
  readonly seconds: Histogram;
  constructor(registry: Registry) {
    this.seconds = new Histogram({
      name: 'mm_playback_cut_seconds',
      help: 'How long a cut took from the request until the stream refused the old playback id.',
      buckets: [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900],
      registers: [registry],
    });
  }
}

interface Options {
  readonly log: Logger;
  readonly telemetry: CutTelemetry;
  readonly isStopping?: () => boolean;
}

async function claim({ database }: CutDoors, isStopping: Options['isStopping']): Promise<ClaimedCut | undefined> {
  return isStopping?.() === true ? undefined : (await database.query<ClaimedCut>(claimStatement, []))[0];
}

async function carryOutLane(doors: CutDoors, options: Options, first: ClaimedCut | undefined): Promise<number> {
  const { log, telemetry, isStopping } = options;
  let taken = 0;
  for (let cut = first; cut !== undefined; cut = await claim(doors, isStopping)) {
    taken += 1;
    try {
      const seconds = await cutPlayback(doors, cut);
      telemetry.seconds.observe(seconds);
      log.info({ cutId: cut.id, seconds }, 'playback cut off');
    } catch (error) {
      const code = codeOf(error);
      log.warn({ cutId: cut.id, code }, 'a cut did not get to its end');
      await doors.database.query(delayStatement, [cut.id, cut.runner, code, askedPause(error)]);
    }
  }
  return taken;
}

/**
 * Carries out the cuts that wait, a few at a time. Each is claimed for half a minute after every step, so that one whose worker was killed is
 * gone on with; one that fails comes again, ever more rarely.
 * @returns how many were taken up.
 * @throws {DatabaseUnavailableError} when not even a failure could be recorded.
 */
export async function carryOutCuts(doors: CutDoors, options: Options): Promise<number> {
  let taken = 0;
  const work: Promise<number>[] = [];
  for (let lane = 0; lane < lanes; lane += 1) {
    const first = await claim(doors, options.isStopping);
    if (first === undefined) {
      break;
    }
    work.push(carryOutLane(doors, options, first));
  }
  for (const count of await Promise.all(work)) {
    taken += count;
  }
  return taken;
}
