import { type CrashPoint, crashPoints } from '../../api/src/crash-point.ts';
import { dieInUpkeep, outage, quiet, reconcile, rotateKey, settle, upkeep } from './aftermath.ts';
import { Coaches } from './coaches.ts';
import { checkDatabase } from './database-invariants.ts';
import { drawIncidents, type Incident } from './incidents.ts';
import { Ledger } from './ledger.ts';
import { checkAcknowledged, checkMux } from './outside-invariants.ts';
import { Random } from './random.ts';
import { type Stage, startStage } from './stage.ts';
import { countOf, type Violation } from './violations.ts';

export type RunOptions = {
  /** Events that are to meet a fault. */
  readonly events: number;
  readonly seed: number;
  /** Told of each thing that happens, as it happens. */
  readonly say: (fact: Readonly<Record<string, unknown>>) => void;
};

export type Report = {
  /** Events of Mux that met a fault. */
  readonly events: number;
  readonly lost: number;
  readonly orphaned: number;
  readonly doubled: number;
  readonly seed: number;
};

export type Outcome = {
  readonly report: Report;
  readonly violations: readonly Violation[];
  /** Crash points that nothing died at. */
  readonly missed: readonly CrashPoint[];
  /** Where the programs' logs are; undefined when all is well, and they are gone. */
  readonly logs: string | undefined;
};

/** Coaches that upload at the same time. */
const loops = 6;
/** Events up to which each thing goes wrong once; above it one thing more goes wrong per so many events, in each track. */
const oncePerThing = 1_000;
const eventsPerIncident = 200;
/** Attempts to make an incident happen: in the turmoil of the others one may fail. */
const attempts = 5;

/** How far a run is: coaches and incidents wait for one another, so that things go wrong all along and not at once. */
class Progress {
  readonly #ledger: Ledger;
  readonly #wanted: number;
  readonly #left: number[];
  readonly #planned: number[];

  constructor(ledger: Ledger, wanted: number, tracks: readonly (readonly unknown[])[]) {
    this.#ledger = ledger;
    this.#wanted = wanted;
    this.#planned = tracks.map((track) => track.length);
    this.#left = [...this.#planned];
  }

  get isOver(): boolean {
    return this.#ledger.size >= this.#wanted && this.#left.every((left) => left === 0);
  }

  /** Whether coaches should hurry: the incidents are not behind. */
  get mayHurry(): boolean {
    const behind = Math.max(...this.#left.map((left, track) => left / (this.#planned[track] ?? 1)));
    return this.#ledger.size < this.#wanted * Math.min(1, 1.15 - behind);
  }

  /** Whether the next thing of a track may go wrong: the events are not behind. */
  mayHappen(track: number): boolean {
    const done = 1 - (this.#left[track] ?? 0) / (this.#planned[track] ?? 1);
    return this.#ledger.size >= this.#wanted * (done - 0.05);
  }

  done(track: number): void {
    this.#left[track] = (this.#left[track] ?? 1) - 1;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function makeHappen({ cluster }: Stage, incident: Incident, say: RunOptions['say']): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const begun = performance.now();
    try {
      await incident.run();
      say({ incident: incident.name, seconds: Math.round((performance.now() - begun) / 100) / 10 });
      return;
    } catch (error) {
      say({ incident: incident.name, attempt, failed: error instanceof Error ? error.message : String(error) });
      if (attempt === attempts) throw error;
      // Another track may have killed the server.
      await pause(500);
      await cluster.answers();
    }
  }
}

async function turmoil(stage: Stage, ledger: Ledger, coaches: Coaches, options: RunOptions): Promise<void> {
  const scene = { stage, ledger, coaches, random: new Random(options.seed, 'incidents') };
  const tracks = drawIncidents(scene, Math.floor(Math.max(0, options.events - oncePerThing) / eventsPerIncident));
  const progress = new Progress(ledger, options.events, tracks);
  let hasFailed = false;
  const uploading = Array.from({ length: loops }, async () => {
    while (!progress.isOver && !hasFailed) {
      await coaches.uploadOne();
      if (!progress.mayHurry) await pause(150);
    }
  });
  const happening = tracks.map(async (track, number) => {
    for (const incident of track) {
      while (!progress.mayHappen(number) && !hasFailed) await pause(50);
      await makeHappen(stage, incident, options.say);
      progress.done(number);
    }
  });
  await Promise.all(happening).catch((error: unknown) => {
    hasFailed = true;
    throw error;
  });
  await Promise.all(uploading);
}

/** One run of the suite, from an empty database to the verdict. @throws when something could not be made to happen */
export async function runFaults(options: RunOptions): Promise<Outcome> {
  const { say, seed } = options;
  const ledger = new Ledger(seed);
  const stage = await startStage(ledger);
  const end = (): void => {
    stage.destroy();
    process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  let isClean = false;
  try {
    if (stage.cluster.disk === undefined)
      say({ skipped: 'disk of the database full: only root may mount a small disk' });
    // Many more than the events need: where the machine is slow incidents last, and coaches go on uploading meanwhile.
    const coaches = await Coaches.signUp(stage, ledger, new Random(seed, 'coaches'), options.events * 5 + 10_000);
    await turmoil(stage, ledger, coaches, options);
    say({ phase: 'outage of 48 hours', events: ledger.size });
    await quiet(stage);
    await outage(stage, coaches, 12 + Math.floor(options.events / 200));
    const hit = new Set<string>();
    const note = (point: string): void => void hit.add(point);
    say({ phase: 'aftermath', events: ledger.size });
    await dieInUpkeep(stage);
    const [report] = await Promise.all([reconcile(stage, note), rotateKey(stage, note)]);
    await upkeep(stage);
    await quiet(stage);
    await settle(stage);
    say({ phase: 'judgement', reconciliation: report, answers: Object.fromEntries(ledger.answers) });
    const violations = [
      ...(await checkAcknowledged(stage.cluster.admin, ledger)),
      ...(await checkDatabase(stage.cluster.admin)),
      ...(await checkMux(stage.cluster.admin, stage.mux)),
    ];
    for (const keeper of [stage.api, stage.worker]) for (const point of keeper.hit) hit.add(point);
    const missed = crashPoints.filter((point) => !hit.has(point));
    isClean = violations.length === 0 && missed.length === 0;
    return {
      report: {
        events: ledger.size,
        lost: countOf(violations, 'lost'),
        orphaned: countOf(violations, 'orphaned'),
        doubled: countOf(violations, 'doubled'),
        seed,
      },
      violations,
      missed,
      logs: isClean ? undefined : stage.logs,
    };
  } finally {
    await stage.close(!isClean);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
  }
}
