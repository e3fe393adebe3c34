import { atMost, type Bench, median } from '../bench.ts';
import { withBenchServer } from '../database/bench-database.ts';
import { startApi } from '../product/programs.ts';
import { load } from '../share-links/load.ts';
import { openingsOf, seedLinks } from '../share-links/seed.ts';

const SECONDS = 300;
const WINDOWS = 20;
/** More than the API holds signatures of, so that what it holds is full and entries come and go. */
const VIDEOS = 6_000;

/** The memory of the API under load: what it holds resident in the last quarter of the time, to what it held in the second. */
export const shareMemory: Bench = {
  name: 'share-memory',
  about: 'resident memory of the API while links are resolved for five minutes: the last quarter to the second',
  run: (say, { seconds = SECONDS }) =>
    withBenchServer(async (server) => {
      const database = await server.deployDatabase('memory');
      await seedLinks(await database.admin(), { set: 'memory', links: VIDEOS, videos: VIDEOS });
      const api = await startApi(database.serviceUrl, { RATE_LIMITS: '*=monitor' });
      try {
        const next = openingsOf('memory', VIDEOS);
        const resident: number[] = [];
        let resolved = 0;
        for (let window = 0; window < WINDOWS; window += 1) {
          const { perSecond } = await load(api.port, next, { connections: 16, seconds: seconds / WINDOWS });
          resolved += perSecond * (seconds / WINDOWS);
          resident.push(await residentBytes(api.port));
        }
        say(`${Math.round(resolved)} links resolved in ${seconds} s`);
        say(`resident: ${resident.map((bytes) => Math.round(bytes / 1e6)).join(' ')} MB`);
        const quarter = WINDOWS / 4;
        return [
          atMost(
            'share-memory/last-to-second-quarter',
            median(resident.slice(-quarter)) / median(resident.slice(quarter, 2 * quarter)),
            1.1,
          ),
        ];
      } finally {
        await api.stop();
      }
    }),
};

async function residentBytes(port: number): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const bytes = Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]);
  if (!Number.isFinite(bytes)) throw new Error('The API does not tell its memory.');
  return bytes;
}
