import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@mm/local';
import { answersOk } from '@mm/local/service';
import Mux from '@mux/mux-node';
import { FaultyCluster } from './cluster.ts';
import { muxLogin, productEnvironment, webhookSecret } from './environment.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { Keeper, type KeeperOptions } from './keeper.ts';
import type { Ledger } from './ledger.ts';
import { type Ended, runOnce } from './one-shot.ts';
import { Relay } from './relay.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** The product as it runs in earnest, every process by itself, with a Mux that keeps its promises and an internet that does not. */
export type Stage = {
  readonly cluster: FaultyCluster;
  readonly api: Keeper;
  readonly worker: Keeper;
  readonly double: Keeper;
  readonly relay: Relay;
  readonly issuer: Issuer;
  /** Origin of the api. */
  readonly origin: string;
  /** Where the logs of the programs are, until the stage is closed. */
  readonly logs: string;
  /** Mux's SDK against the double, with its retries: for those who arrange and look, not for the product. */
  readonly mux: Mux;
  /** Steers the double: `POST /control/<path>`, again and again while it is down. */
  control(path: string, body: object): Promise<void>;
  /** Runs one of the product's commands to its end, dying at a point when one is given. */
  command(script: string, parameters: readonly string[], dieAt?: string): Promise<Ended>;
  close(keepLogs: boolean): Promise<void>;
  /** At the end of the program by a signal: nothing is left running. */
  destroy(): void;
};

export async function startStage(ledger: Ledger): Promise<Stage> {
  const [apiPort, muxPort] = [await findFreePort(), await findFreePort()];
  const origin = `http://127.0.0.1:${apiPort}`;
  const muxUrl = `http://127.0.0.1:${muxPort}`;
  const folder = mkdtempSync(join(tmpdir(), 'mm-faults-stage-'));
  const issuer = await startIssuer(origin);
  const serverLog = createWriteStream(join(folder, 'postgres.log'));
  const compiled = { NODE_COMPILE_CACHE: join(folder, 'compiled') };
  const [cluster] = await Promise.all([
    FaultyCluster.start({ identity: issuer.identity, onLog: (line) => void serverLog.write(`${line}\n`) }),
    // Without a configuration a program loads its code and ends, which is when Node keeps what it has compiled: dozens of starts are to come,
    // and who is killed keeps nothing.
    ...['api/src/server.ts', 'api/src/worker.ts'].map((script) =>
      runOnce(join(repository, script), [], { cwd: repository, env: compiled }),
    ),
  ]);
  const relay = await Relay.start({ ledger, target: `${origin}/api/webhooks/mux`, secret: webhookSecret });
  const mux = new Mux({ ...muxLogin, baseURL: muxUrl, maxRetries: 8, timeout: 5_000, logLevel: 'off' });

  const keepers: Keeper[] = [];
  const keep = (options: Pick<KeeperOptions, 'name' | 'env' | 'ready'> & { script: string }): Keeper => {
    const keeper = new Keeper({
      ...options,
      script: join(repository, options.script),
      cwd: repository,
      logFile: join(folder, `${options.name}.log`),
    });
    keepers.push(keeper);
    return keeper;
  };
  const destroy = (): void => {
    for (const keeper of keepers) keeper.destroy();
    cluster.destroy();
  };
  /** A stage that does not come up leaves nothing running. */
  const orDestroy = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      destroy();
      throw error;
    });
  const double = keep({
    name: 'mux',
    script: 'infra/local/src/mux/main.ts',
    env: {
      ...compiled,
      PATH: process.env.PATH ?? '',
      ENVIRONMENT: 'test',
      PORT: String(muxPort),
      DATA_DIR: join(folder, 'mux'),
      MUX_TOKEN_ID: muxLogin.tokenId,
      MUX_TOKEN_SECRET: muxLogin.tokenSecret,
      WEBHOOK_URL: relay.url,
      WEBHOOK_SECRET: webhookSecret,
      WEBHOOK_RETRY_BASE_MS: '40',
      TRANSCODING: 'pretend',
    },
    ready: { ask: () => answersOk(`${muxUrl}/control/state`) },
  });
  await orDestroy(double.start());
  const key = await orDestroy(mux.system.signingKeys.create());
  const env = {
    ...compiled,
    ...productEnvironment({ apiPort, muxUrl, folder, databaseUrl: cluster.serviceUrl, issuer, key }),
  };
  const api = keep({
    name: 'api',
    script: 'api/src/server.ts',
    env,
    // Alive, not ready: it has to start while its database is away.
    ready: { ask: () => answersOk(`${origin}/livez`) },
  });
  const worker = keep({ name: 'worker', script: 'api/src/worker.ts', env, ready: { line: /the worker is ready/ } });
  await orDestroy(Promise.all([api.start(), worker.start()]));

  return {
    ...{ cluster, api, worker, double, relay, issuer, origin, mux, logs: folder },
    async control(path, body) {
      const send = (): Promise<Response> =>
        fetch(`${muxUrl}/control/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const answer = await send().catch(async () => {
        await double.whenUp();
        return send();
      });
      if (!answer.ok) throw new Error(`The double answered ${answer.status} to ${path}: ${await answer.text()}`);
    },
    command: (script, parameters, dieAt) =>
      runOnce(join(repository, script), parameters, {
        cwd: repository,
        env: { ...env, ...(dieAt === undefined ? {} : { CRASH_POINT: dieAt }) },
      }),
    async close(keepLogs) {
      await Promise.all([api.close(), worker.close(), double.close()]);
      await relay.close();
      await cluster.close();
      serverLog.end();
      await issuer.close();
      if (!keepLogs) rmSync(folder, { recursive: true, force: true });
    },
    destroy,
  };
}
