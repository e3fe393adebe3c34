import type { Client } from 'pg';
import { atLeast, type Bench, median } from '../bench.ts';
import { withBenchServer } from '../database/bench-database.ts';
import { Connection, type WireRequest } from '../http/connections.ts';
import { startApi } from '../product/programs.ts';
import { opening, openingOf, publicIdOf, seedLinks } from '../share-links/seed.ts';
import { sameDistribution } from './kolmogorov-smirnov.ts';

const SAMPLES = 20_000;
const WARM_UP = 1_000;
/** Links of each kind. */
const LINKS = 500;

const kinds = ['unknown', 'wrong', 'revoked', 'expired'] as const;
type Kind = (typeof kinds)[number];
const wrongSecret = 'x'.repeat(43);

const requestOf: Record<Kind, (n: number) => WireRequest> = {
  // Ids that nobody made, spread over the index as those that somebody did.
  unknown: (n) => opening(publicIdOf('unknown', n), wrongSecret),
  wrong: (n) => opening(publicIdOf('wrong', n), wrongSecret),
  revoked: (n) => openingOf('revoked', n),
  expired: (n) => openingOf('expired', n),
};

/**
 * Whether the time of a refusal tells its reason: unknown, wrong secret, revoked and expired, one request after the other over one
 * connection, each kind once in every four, in an order drawn anew. A p-value of 0.01 is what one in a hundred comparisons of equals falls below.
 */
export const shareTiming: Bench = {
  name: 'share-timing',
  about:
    'the time of refusals: unknown, wrong secret, revoked and expired compared by the test of Kolmogorov and Smirnov',
  run: (say, { samples = SAMPLES }) =>
    withBenchServer(async (server) => {
      const database = await server.deployDatabase('timing');
      await seedStates(await database.admin());
      const api = await startApi(database.serviceUrl, { RATE_LIMITS: '*=monitor' });
      try {
        const times = await measure(api.port, samples);
        for (const kind of kinds) {
          const micros = times[kind].map((time) => time * 1000);
          const mean = micros.reduce((sum, time) => sum + time, 0) / micros.length;
          say(`${kind.padEnd(9)}median ${median(micros).toFixed(1)} µs, mean ${mean.toFixed(1)} µs`);
        }
        return kinds.flatMap((one, index) =>
          kinds
            .slice(index + 1)
            .map((other) =>
              atLeast(`share-timing/p-${one}-${other}`, sameDistribution(times[one], times[other]), 0.01),
            ),
        );
      } finally {
        await api.stop();
      }
    }),
};

async function seedStates(admin: Client): Promise<void> {
  for (const set of ['wrong', 'revoked', 'expired']) await seedLinks(admin, { set, links: LINKS, videos: 1 });
  const idsOf = (set: string) => Array.from({ length: LINKS }, (_, k) => publicIdOf(set, k + 1));
  await admin.query('set session_replication_role = replica');
  await admin.query(
    `update app.share_tokens set revoked_at = now(), revoked_by = coach_id, revoke_reason = 'Bench' where public_id = any ($1)`,
    [idsOf('revoked')],
  );
  await admin.query(
    `update app.share_tokens set created_at = now() - interval '5 days', expires_at = now() - interval '1 minute' where public_id = any ($1)`,
    [idsOf('expired')],
  );
  await admin.query('set session_replication_role = origin');
  // Rewritten, so that a row that was changed lies as one that was not.
  await admin.query('vacuum (full, analyze) app.share_tokens');
}

/** Milliseconds of each request. */
async function measure(port: number, samples: number): Promise<Record<Kind, number[]>> {
  const requests = Object.fromEntries(
    kinds.map((kind) => [kind, Array.from({ length: LINKS }, (_, k) => requestOf[kind](k + 1))]),
  ) as Record<Kind, WireRequest[]>;
  const times: Record<Kind, number[]> = { unknown: [], wrong: [], revoked: [], expired: [] };
  const connection = new Connection(port);
  try {
    for (let round = -WARM_UP; round < samples; round += 1) {
      for (const kind of shuffled(kinds)) {
        const request = requests[kind][(round + WARM_UP) % LINKS] ?? requestOf[kind](1);
        const started = performance.now();
        const status = await connection.send(request);
        const time = performance.now() - started;
        if (status !== 403) throw new Error(`${kind} was answered ${status}`);
        if (round >= 0) times[kind].push(time);
      }
    }
  } finally {
    connection.close();
  }
  return times;
}

function shuffled<T>(values: readonly T[]): T[] {
  return values
    .map((value) => ({ value, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
