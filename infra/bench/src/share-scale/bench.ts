import { atLeast, type Bench, times } from '../bench.ts';
import { withBenchServer } from '../database/bench-database.ts';
import { startApi } from '../product/programs.ts';
import { load } from '../share-links/load.ts';
import { openingsOf, seedLinks } from '../share-links/seed.ts';

const ROUNDS = 11;
const SECONDS = 2;
const SMALL = 10_000;
const LARGE = 1_000_000;

/** The same resolves with a hundred times as many links: two databases of one server, each with its API, in turns. */
export const shareScale: Bench = {
  name: 'share-scale',
  about: 'POST /api/share/:publicId with a million share links against ten thousand',
  run: (say) =>
    withBenchServer(async (server) => {
      const start = async (links: number) => {
        const database = await server.deployDatabase(`links_${links}`);
        const admin = await database.admin();
        await seedLinks(admin, { set: 'scale', links, videos: 1_000 });
        await admin.query('checkpoint');
        const api = await startApi(database.serviceUrl, { RATE_LIMITS: '*=monitor' });
        // Those that are asked for lie everywhere in the table and its index.
        return { admin, api, next: openingsOf('scale', SMALL, links / SMALL), rates: [] as number[] };
      };
      const small = await start(SMALL);
      try {
        const large = await start(LARGE);
        try {
          for (let round = 0; round <= ROUNDS; round += 1) {
            for (const { admin, api, next, rates } of [small, large]) {
              // Sessions plan anew for what a month of decisions looks like: plans for an empty one would read it whole.
              if (round === 1) await admin.query('vacuum (analyze) app.playback_decisions');
              const { perSecond } = await load(api.port, next, { connections: 16, seconds: SECONDS });
              // The first round only warms up.
              if (round > 0) rates.push(perSecond);
            }
          }
        } finally {
          await large.api.stop();
        }
        const line = (rates: number[]) => rates.map((rate) => Math.round(rate)).join(', ');
        say(`ten thousand links: ${line(small.rates)} req/s`);
        say(`a million links:    ${line(large.rates)} req/s`);
        return [atLeast('share-scale/million-to-ten-thousand', times(large.rates, small.rates), 0.9)];
      } finally {
        await small.api.stop();
      }
    }),
};
