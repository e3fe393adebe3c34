import type { Coaches } from './coaches.ts';
import { poolMax } from './environment.ts';
import { fillDisk, until503 } from './full-disk.ts';
import type { Keeper } from './keeper.ts';
import type { Ledger } from './ledger.ts';
import { poisonFolding } from './poison.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';
import { type Harm, type Place, stopAt } from './stops.ts';

/** Something bad that happens once, and is over when `run` resolves. @throws when it could not be made to happen */
export type Incident = { readonly name: string; readonly run: () => Promise<void> };

export type Scene = {
  readonly stage: Stage;
  readonly ledger: Ledger;
  readonly coaches: Coaches;
  readonly random: Random;
};

/** Points at which the api dies, while coaches upload and Mux delivers. */
export const apiPoints = [
  'webhook.verified',
  'webhook.stored',
  'upload.requested',
  'upload.created',
  'upload.attached',
  'upload.cancelled',
] as const;
/** Points at which the worker dies, while it folds and seals. */
export const workerPoints = [
  'fold.begun',
  'fold.committed',
  'seal.begun',
  'seal.committed',
  'checkpoint.recorded',
] as const;

/** A program dies at a point, at some pass; meanwhile something comes by that leads there. */
function crash({ stage, coaches, random }: Scene, keeper: Keeper, point: string): Incident {
  const isOfEvents = /^(webhook|fold)/.test(point);
  const pass = isOfEvents || point.startsWith('seal') ? random.int(1, 5) : 1;
  const lead = async (): Promise<void> => {
    if (isOfEvents) stage.relay.stir();
    else await coaches.uploadOne('cancelled');
  };
  return {
    name: `crash at ${point}#${pass}`,
    run: async () => {
      let isOver = false;
      const leading = (async () => {
        while (!isOver) {
          await lead();
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
      })();
      try {
        await keeper.dieAt(`${point}#${pass}`);
      } finally {
        isOver = true;
        await leading;
      }
    },
  };
}

/** Cuts connections of one door, or of all, while they are in use or not. */
const terminate = (stage: Stage, door: string): Incident => ({
  name: `backends of ${door} terminated`,
  run: async () => {
    await stage.cluster.insist(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like $1 and pid <> pg_backend_pid()`,
      [door],
    );
  },
});

/** Every connection of the api hangs, so that for seconds none is left for a webhook. */
function exhaustPool(scene: Scene): Incident {
  const { stage, coaches } = scene;
  return {
    name: 'pool exhausted',
    run: async () => {
      const holder = await stage.cluster.admin.connect();
      try {
        await holder.query('begin; lock table app.upload_jobs in access exclusive mode');
        const asking = new Set<Promise<void>>();
        await until503(scene, 'the pool was exhausted', () => {
          while (asking.size < poolMax * 2) {
            const asked = coaches.uploadOne();
            asking.add(asked);
            void asked.finally(() => asking.delete(asked));
          }
        });
        await holder.query('rollback');
        await Promise.all(asking);
      } finally {
        holder.release(true);
      }
    },
  };
}

const muxFails = ({ stage, random }: Scene, what: object, name: string): Incident => ({
  name: `Mux ${name}`,
  run: () => stage.control('faults', { match: { path: '/video/v1/*' }, times: random.int(2, 6), ...what }),
});

const stop = (stage: Stage, place: Place, harm: Harm): Incident => ({
  name: `${harm} ${place}`,
  run: () => stopAt(stage, place, harm),
});

/**
 * All that is to happen, in three tracks that run beside one another: to the api, to the worker, and to what they stand on. Each thing at
 * least once; `extra` more of each track, drawn.
 */
export function drawIncidents(scene: Scene, extra: number): readonly (readonly Incident[])[] {
  const { stage, random } = scene;
  const { api, worker, double, cluster } = stage;
  const ofApi = (): Incident[] => [
    ...apiPoints.map((point) => crash(scene, api, point)),
    { name: 'api killed', run: () => api.kill() },
    stop(stage, 'between insert and commit', 'program killed'),
    terminate(stage, 'mm-api'),
  ];
  const ofWorker = (): Incident[] => [
    ...workerPoints.map((point) => crash(scene, worker, point)),
    { name: 'worker killed', run: () => worker.kill() },
    stop(stage, 'between change and commit', 'program killed'),
    terminate(stage, 'mm-worker'),
    poisonFolding(scene),
  ];
  const ofWorld = (): Incident[] => [
    { name: 'server killed', run: () => cluster.killAndRecover() },
    { name: 'Mux killed', run: () => double.kill() },
    terminate(stage, 'mm-%'),
    stop(stage, 'between insert and commit', 'backend terminated'),
    stop(stage, 'between insert and commit', 'server killed'),
    stop(stage, 'between change and commit', 'backend terminated'),
    stop(stage, 'between change and commit', 'server killed'),
    exhaustPool(scene),
    ...fillDisk(scene),
    muxFails(scene, { status: 429, retryAfter: 1 }, 'answers 429'),
    muxFails(scene, { status: 503 }, 'answers 503'),
    muxFails(scene, { timeoutMs: 400 }, 'says nothing and hangs up'),
    muxFails(scene, { truncate: 25 }, 'breaks its answer off'),
  ];
  return [ofApi, ofWorker, ofWorld].map((make) => {
    const drawn = random.shuffled(make());
    for (let more = 0; more < extra; more += 1) drawn.push(random.pick(make()));
    return drawn;
  });
}
