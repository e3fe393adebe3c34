import { atLeast, atMost, type Bench, median, times } from '../bench.ts';
import { withBenchServer } from '../database/bench-database.ts';
import { signingKey, startApi } from '../product/programs.ts';
import { load } from '../share-links/load.ts';
import { openingsOf, seedLinks } from '../share-links/seed.ts';
import { startBareEndpoint } from './bare-endpoint-process.ts';

const ROUNDS = 11;
const SECONDS = 1;
const PACED_ROUNDS = 5;
const PACED_SECONDS = 3;
const CONNECTIONS = 16;
const POOL_MAX = 10;
/** More than the API holds signatures of (5,000), so that links to as many videos, asked for in turns, find none. */
const VIDEOS = 6_000;

const targets = ['fresh', 'cached', 'decision', 'sign', 'lookup', 'kysely', 'empty'] as const;
type Target = (typeof targets)[number];

/**
 * Resolving a share link, against the machine's own bounds. What decides and signs (`fresh`) cannot be faster than one after the other, so
 * its bound is their harmonic sum; what finds its signatures made (`cached`) is bound by the decision. Targets take turns, so that
 * all see the same machine.
 */
export const shareResolve: Bench = {
  name: 'share-resolve',
  about:
    'POST /api/share/:publicId, signing or finding its signatures made, against the bare decision, signature, look-up and empty answer',
  run: (say) =>
    withBenchServer(async (server) => {
      const database = await server.deployDatabase('resolve');
      const admin = await database.admin();
      await seedLinks(admin, { set: 'fresh', links: VIDEOS, videos: VIDEOS });
      await seedLinks(admin, { set: 'cached', links: VIDEOS, videos: 1 });
      await admin.query(`
        create schema bench;
        create table bench.links as select public_id, secret_hash, video_id, expires_at from app.share_tokens;
        alter table bench.links add primary key (public_id);
        grant usage on schema bench to mm_service;
        grant select on bench.links to mm_service`);
      await admin.query('vacuum (analyze) bench.links');

      const ends: (() => unknown)[] = [];
      try {
        // The limits are counted like everywhere, and let the load pass.
        const api = await startApi(database.serviceUrl, {
          RATE_LIMITS: '*=monitor',
          DATABASE_POOL_MAX: String(POOL_MAX),
        });
        ends.push(() => api.stop());
        const ports: Record<Target, number> = {
          fresh: api.port,
          cached: api.port,
          decision: 0,
          sign: 0,
          lookup: 0,
          kysely: 0,
          empty: 0,
        };
        for (const kind of ['decision', 'sign', 'lookup', 'kysely', 'empty'] as const) {
          const settings = { databaseUrl: database.serviceUrl, poolMax: POOL_MAX, privateKey: signingKey };
          const bare = await startBareEndpoint(kind, settings);
          ends.push(bare.stop);
          ports[kind] = bare.port;
        }
        const fresh = openingsOf('fresh', VIDEOS);
        const cached = openingsOf('cached', VIDEOS);
        const openings = (target: Target) => (target === 'fresh' ? fresh : cached);

        const rates = Object.fromEntries(targets.map((target) => [target, []])) as unknown as Record<Target, number[]>;
        for (let round = 0; round <= ROUNDS; round += 1) {
          // Sessions plan anew for what a month of decisions looks like: plans for an empty one would read it whole.
          if (round === 1) await admin.query('vacuum (analyze)');
          for (const target of targets) {
            const closed = { connections: CONNECTIONS, seconds: SECONDS };
            const { perSecond } = await load(ports[target], openings(target), closed);
            // The first round only warms up.
            if (round > 0) rates[target].push(perSecond);
          }
        }
        for (const target of targets) {
          say(`${target.padEnd(9)}${rates[target].map((rate) => String(Math.round(rate)).padStart(6)).join('')} req/s`);
        }
        const bound = rates.decision.map(
          (decision, round) => 1 / (1 / decision + 1 / (rates.sign[round] ?? Number.NaN)),
        );
        say(
          `bound    ${bound.map((rate) => String(Math.round(rate)).padStart(6)).join('')} req/s (decision, then sign)`,
        );

        const rate = median(rates.cached) / 2;
        const p99 = { cached: [] as number[], decision: [] as number[], empty: [] as number[] };
        for (let round = 0; round < PACED_ROUNDS; round += 1) {
          for (const target of ['cached', 'decision', 'empty'] as const) {
            const paced = { connections: CONNECTIONS, seconds: PACED_SECONDS, rate };
            p99[target].push((await load(ports[target], openings(target), paced)).p99Milliseconds);
          }
        }
        const milliseconds = (values: number[]) => values.map((value) => value.toFixed(1)).join(', ');
        say(
          `p99 at ${Math.round(rate)} req/s: cached ${milliseconds(p99.cached)} ms, decision ${milliseconds(p99.decision)} ms, empty ${milliseconds(p99.empty)} ms`,
        );

        return [
          atLeast('share-resolve/fresh-to-bound', times(rates.fresh, bound), 0.75),
          atLeast('share-resolve/cached-to-decision', times(rates.cached, rates.decision), 0.85),
          atLeast('share-resolve/decision-to-lookup', times(rates.decision, rates.lookup), 0.35),
          atLeast('share-resolve/kysely-to-raw', times(rates.kysely, rates.lookup), 0.7),
          atMost(
            'share-resolve/p99-added-ms',
            median(p99.cached.map((value, round) => value - (p99.empty[round] ?? Number.NaN))),
            10,
          ),
        ];
      } finally {
        for (const end of ends.reverse()) await end();
      }
    }),
};
