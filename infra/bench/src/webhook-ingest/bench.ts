import { atLeast, atMost, type Bench, type Ratio, times } from '../bench.ts';
import { type BenchServer, withBenchServer } from '../database/bench-database.ts';
import { startApi, startWorkerProgram } from '../product/programs.ts';
import { deliver, deliverPaced, signed } from './deliveries.ts';
import { type Event, eventsOf, eventsOfNobody, seedUploads } from './events.ts';
import { countWaiting, drained, expectFolded, layAside, replayAll } from './folding.ts';
import { inboxRows, openRowWriter, plainRows } from './rows.ts';

const ROUNDS = 9;
const DELIVERIES = 8_000;
const EVENTS_OF_AN_UPLOAD = 5;
const REPLAYED = 10_000;

type Say = (line: string) => void;

/**
 * Deliveries through HTTP (verified, stored with their receipts and the jobs that fold them, committed) against the same rows inserted one by
 * one by sixteen sessions, and against those of a plain table; then folding, with the worker: while deliveries arrive, a backlog, and a replay.
 */
export const webhookIngest: Bench = {
  name: 'webhook-ingest',
  about:
    'durable webhooks through HTTP against their rows inserted one by one; latency at half load; folding of a backlog; a replay',
  run: (say) =>
    withBenchServer(async (server) => [...(await benchIngest(server, say)), ...(await benchFolding(server, say))]),
};

async function benchIngest(server: BenchServer, say: Say): Promise<Ratio[]> {
  const database = await server.deployDatabase('ingest');
  const admin = await database.admin();
  const insertSame = await openRowWriter(database, inboxRows);
  const insertPlain = await openRowWriter(database, plainRows);
  const api = await startApi(database.serviceUrl);
  try {
    const rates = { same: [] as number[], plain: [] as number[], few: [] as number[], many: [] as number[] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      const same = await insertSame(eventsOfNobody(DELIVERIES));
      const plain = await insertPlain(eventsOfNobody(DELIVERIES));
      const few = await deliver(api.port, signed(eventsOfNobody(DELIVERIES)), 16);
      const many = await deliver(api.port, signed(eventsOfNobody(DELIVERIES)), 128);
      await admin.query('vacuum (analyze)');
      // The first round only warms up.
      if (round === 0) continue;
      rates.same.push(same);
      rates.plain.push(plain);
      rates.few.push(few);
      rates.many.push(many);
    }
    const line = (what: string, values: number[]) =>
      say(`${what.padEnd(34)}${values.map((rate) => Math.round(rate)).join(', ')} /s`);
    line('the same rows one by one', rates.same);
    line('plain rows one by one', rates.plain);
    line('webhooks, 16 connections', rates.few);
    line('webhooks, 128 connections', rates.many);

    say(
      `against plain rows: ${times(rates.few, rates.plain).toFixed(2)} over 16 connections, ${times(rates.many, rates.plain).toFixed(2)} over 128`,
    );

    // What the rounds have left to be written is written now, not in the middle of the latencies.
    await admin.query('checkpoint');
    const rate = Math.min(...rates.many) / 2;
    const latencies = await deliverPaced(api.port, signed(eventsOfNobody(Math.round(rate * 5))), {
      rate,
      connections: 128,
    });
    latencies.sort((a, b) => a - b);
    const percentile = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
    say(
      `at ${Math.round(rate)} webhooks/s: p50 ${percentile(0.5).toFixed(1)} ms, p99 ${percentile(0.99).toFixed(1)} ms`,
    );
    return [
      atLeast('webhook-ingest/16-connections', times(rates.few, rates.same), 0.6),
      atLeast('webhook-ingest/group-commit', times(rates.many, rates.same), 1),
      atMost('webhook-ingest/p99-at-half-load-ms', percentile(0.99), 50),
    ];
  } finally {
    await api.stop();
  }
}

async function benchFolding(server: BenchServer, say: Say): Promise<Ratio[]> {
  const database = await server.deployDatabase('folding');
  const admin = await database.admin();
  const tell = async (events: Event[]) => deliver(api.port, signed(events), 16);
  const newEvents = async (count: number) =>
    (await seedUploads(admin, count / EVENTS_OF_AN_UPLOAD)).flatMap((upload) => eventsOf(upload));
  const api = await startApi(database.serviceUrl);
  let worker = await startWorkerProgram(database.serviceUrl);
  try {
    // Deliveries come faster than they are folded, so that the worker never waits for one; what is left over then is a backlog.
    const events = await newEvents(8_000);
    const started = performance.now();
    await tell(events);
    const seconds = (performance.now() - started) / 1000;
    const backlog = await countWaiting(admin);
    const steady = (events.length - backlog) / seconds;
    const drain = backlog / (await drained(admin));
    await worker.stop();
    await expectFolded(admin);
    say(
      `folded ${Math.round(steady)} events/s while others arrived, then a backlog of ${backlog} at ${Math.round(drain)} events/s`,
    );

    await tell(await newEvents(REPLAYED));
    const dead = await layAside(admin);
    await admin.query('vacuum (analyze)');
    worker = await startWorkerProgram(database.serviceUrl);
    const asked = performance.now();
    const replayed = await replayAll(await database.service());
    if (replayed !== dead || dead !== REPLAYED) throw new Error(`${replayed} of ${dead} events were replayed`);
    await drained(admin);
    const replaySeconds = (performance.now() - asked) / 1000;
    await expectFolded(admin);
    say(`replayed ${replayed} dead events in ${replaySeconds.toFixed(1)} s`);
    return [
      atLeast('webhook-ingest/backlog-to-steady', drain / steady, 0.7),
      atMost('webhook-ingest/replay-of-10000-seconds', replaySeconds, 10),
    ];
  } finally {
    await Promise.all([api.stop(), worker.stop()]);
  }
}
