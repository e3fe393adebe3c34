import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@mm/local';

export type BareEndpoint = { url: string; stop: () => void };

/** Runs a bare endpoint in a process of its own, as the API has one. */
export async function startBareEndpoint(
  kind: 'decision' | 'sign',
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
  await once(child, 'message', { signal: AbortSignal.timeout(15_000) });
  return { url: `http://127.0.0.1:${port}`, stop: () => void child.kill() };
}
