import { fork } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@mm/local';

export const webhookSecret = randomBytes(24).toString('base64url');

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** PEM of the key that playback tokens are signed with. */
export const signingKey = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));

/** A program of the product, started as in production. */
export type Program = { port: number; stop(): Promise<void> };

function environment(databaseUrl: string, port: number): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'production',
    ENVIRONMENT: 'test',
    LOG_LEVEL: 'warn',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: databaseUrl,
    IDENTITY_ISSUER: 'https://identity.bench',
    // Nothing is asked of Mux: port 9 discards.
    MUX_BASE_URL: 'http://127.0.0.1:9',
    MUX_TOKEN_ID: 'bench',
    MUX_TOKEN_SECRET: 'bench',
    MUX_WEBHOOK_SECRETS: webhookSecret,
    MUX_SIGNING_KEY_ID: 'bench',
    MUX_SIGNING_PRIVATE_KEY: Buffer.from(signingKey).toString('base64'),
    ADDRESS_HASH_KEY: randomBytes(24).toString('base64url'),
    SHARE_PROOF_KEY: randomBytes(32).toString('base64'),
  };
}

async function start(
  name: 'server' | 'worker',
  databaseUrl: string,
  extra: Record<string, string>,
): Promise<Program & { output: NodeJS.ReadableStream | null }> {
  const port = await findFreePort();
  const child = fork(fileURLToPath(new URL(`../../../../api/src/${name}.ts`, import.meta.url)), {
    env: { ...environment(databaseUrl, port), ...extra },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  return {
    port,
    output: child.stdout,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The API as a process of its own, with changes to its environment; answers when it is ready. */
export async function startApi(databaseUrl: string, changes: Record<string, string> = {}): Promise<Program> {
  const program = await start('server', databaseUrl, changes);
  program.output?.resume();
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const ready = await fetch(`http://127.0.0.1:${program.port}/readyz`).catch(() => undefined);
    if (ready?.ok) return program;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await program.stop();
  throw new Error('The API did not become ready.');
}

/** The worker as a process of its own; answers when it says that it is ready. */
export async function startWorkerProgram(databaseUrl: string): Promise<Program> {
  const program = await start('worker', databaseUrl, { LOG_LEVEL: 'info' });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The worker did not become ready.')), 30_000);
    program.output?.on('data', (chunk) => {
      if (String(chunk).includes('the worker is ready')) {
        clearTimeout(timer);
        resolve();
      }
    });
  });
  return program;
}
