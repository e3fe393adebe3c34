import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@mm/local';
import type { BareKind } from './bare-endpoint.ts';

export type BareEndpoint = { port: number; stop: () => void };

/** Runs a bare endpoint in a process of its own, as the API has one. */
export async function startBareEndpoint(
  kind: BareKind,
  settings: { databaseUrl: string; privateKey: string; poolMax: number },
): Promise<BareEndpoint> {
  const port = await findFreePort();
  const child = fork(fileURLToPath(new URL('./bare-endpoint.ts', import.meta.url)), {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      KIND: kind,
      PORT: String(port),
      DATABASE_URL: settings.databaseUrl,
      PRIVATE_KEY: settings.privateKey,
      POOL_MAX: String(settings.poolMax),
    },
  });
  await once(child, 'message', { signal: AbortSignal.timeout(30_000) });
  return { port, stop: () => void child.kill() };
}
