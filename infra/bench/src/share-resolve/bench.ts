import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '@mm/local/stack';
import { atLeast, type Bench, median } from '../bench.ts';
import { startBareEndpoint } from './bare-endpoint-process.ts';
import { load } from './load.ts';
import { type SharedLink, seedLinks } from './seed-links.ts';

const ROUNDS = 3;
const SECONDS = 4;
const CONNECTIONS = 16;
const POOL_MAX = 10;

/**
 * Resolving a share link and signing for it, against the machine's own bounds: an endpoint that only makes the SQL
 * decision, and one that only signs. What does both cannot be faster than one after the other, so the bound is their
 * harmonic sum. Rounds are interleaved, so that all three see the same machine.
 */
export const shareResolve: Bench = {
  name: 'share-resolve',
  about:
    'POST /api/share/:publicId (decide, record, sign three tokens) against the bare SQL decision and the bare RSA sign',
  async run(say) {
    const folder = mkdtempSync(join(tmpdir(), 'mm-bench-'));
    const stack = await startStack({
      dataDir: join(folder, 'data'),
      sample: false,
      apps: false,
      // The limits are counted like everywhere, and let the load pass.
      env: { LOG_LEVEL: 'warn', DATABASE_POOL_MAX: String(POOL_MAX), RATE_LIMITS: '*=monitor' },
    });
    const ended: (() => void)[] = [];
    try {
      const links = await seedLinks(stack.databaseAdminUrl, 1_000, newLink);
      const { privateKey } = JSON.parse(readFileSync(join(folder, 'data/secrets/mux-signing-key.json'), 'utf8'));
      const settings = {
        databaseUrl: stack.databaseAdminUrl,
        poolMax: POOL_MAX,
        privateKey: Buffer.from(String(privateKey), 'base64').toString(),
      };
      const decision = await startBareEndpoint('decision', settings);
      ended.push(decision.stop);
      const sign = await startBareEndpoint('sign', settings);
      ended.push(sign.stop);

      const rates = { full: [] as number[], decision: [] as number[], sign: [] as number[] };
      const p99 = { full: [] as number[], decision: [] as number[], sign: [] as number[] };
      const targets = { full: stack.urls.app, decision: decision.url, sign: sign.url };
      for (let round = 0; round <= ROUNDS; round += 1) {
        for (const name of ['full', 'decision', 'sign'] as const) {
          const measured = await load(targets[name], links, CONNECTIONS, SECONDS);
          // The first round only warms up.
          if (round === 0) continue;
          rates[name].push(measured.requestsPerSecond);
          p99[name].push(measured.p99Milliseconds);
        }
      }
      const full = median(rates.full);
      const decided = median(rates.decision);
      const signed = median(rates.sign);
      const bound = 1 / (1 / decided + 1 / signed);
      for (const name of ['full', 'decision', 'sign'] as const) {
        say(
          `${name.padEnd(9)}${Math.round(median(rates[name])).toString().padStart(6)} req/s   p99 ${median(p99[name])} ms`,
        );
      }
      say(`bound    ${Math.round(bound).toString().padStart(6)} req/s   (decision, then sign)`);
      return [
        atLeast('share-resolve/bound', full / bound, 0.75),
        atLeast('share-resolve/decision', full / decided, 0.25),
        atLeast('share-resolve/sign', full / signed, 0.4),
      ];
    } finally {
      for (const end of ended) end();
      await stack.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function newLink(): SharedLink & { secretHash: Buffer } {
  const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const publicId = Array.from(randomBytes(12), (byte) => letters[byte % 62]).join('');
  const secret = randomBytes(32).toString('base64url');
  return { publicId, secret, secretHash: createHash('sha256').update(secret).digest() };
}
