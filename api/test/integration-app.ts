import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, type MuxDouble, startMuxDouble } from '@mm/local';
import { createTestDatabase, type TestDatabase } from '@mm/tests';
import Mux from '@mux/mux-node';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../src/app.ts';
import { type Config, parseConfig } from '../src/config.ts';
import { sampleEnvironment } from './sample-environment.ts';
import { type SessionIssuer, startSessionIssuer } from './session-issuer.ts';

/** Who signs in, by the subject that the test database has a profile of. */
const people = {
  amelia: { sub: 'user_amelia_hart', role: 'mm_coach' },
  ben: { sub: 'user_ben_okafor', role: 'mm_coach' },
  priya: { sub: 'user_priya_nair', role: 'mm_admin' },
  helen: { sub: 'user_helen_castellano', role: 'mm_compliance' },
  tomas: { sub: 'user_tomas_reid', role: 'mm_operator' },
  grace: { sub: 'user_grace_lin', role: 'mm_auditor' },
} as const;
export type PersonName = keyof typeof people;

export const webhookSecrets = ['the-older-webhook-secret', 'the-newer-webhook-secret'] as const;

export interface IntegrationApp {
  readonly app: FastifyInstance;
  readonly config: Config;
  /** The complete environment behind `config`, to start a program of its own with. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the api really listens. */
  readonly origin: string;
  readonly database: TestDatabase;
  readonly issuer: SessionIssuer;
  readonly mux: MuxDouble;
  /** Mux's SDK against the double. */
  readonly muxClient: Mux;
  /** Everything the app logged so far. */
  readonly log: () => string;
  readonly authorization: (person: PersonName) => Promise<{ authorization: string }>;
  /** Steers the Mux double: `POST /control/<path>`. */
  readonly control: (path: string, body: object) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface IntegrationOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Let the double deliver its webhooks to the api. Off by default: most tests deliver their own. */
  readonly deliverWebhooks?: boolean;
}

/** The app on a database of its own, with a Mux double and an issuer that really listen. */
export async function startIntegrationApp(options: IntegrationOptions = {}): Promise<IntegrationApp> {
  const [database, issuer, port, folder] = await Promise.all([
    createTestDatabase(),
    startSessionIssuer(),
    findFreePort('127.0.0.1'),
    mkdtemp(join(tmpdir(), 'api-mux-')),
  ]);
  const publicUrl = `http://127.0.0.1:${port}`;
  await database.admin.query(
    'insert into authz.identity_providers (issuer, audience, authorized_parties) values ($1, $2, $3)',
    [issuer.url, 'motion-mavericks', [publicUrl]],
  );
  const mux = await startMuxDouble({
    dataDir: folder,
    tokenId: 'token-id',
    tokenSecret: 'token-secret',
    ...(options.deliverWebhooks === true
      ? { webhook: { url: `${publicUrl}/api/webhooks/mux`, secret: webhookSecrets[1] } }
      : {}),
  });
  const muxClient = new Mux({ tokenId: 'token-id', tokenSecret: 'token-secret', baseURL: mux.url });
  const key = await muxClient.system.signingKeys.create();
  const environment = sampleEnvironment({
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    LOG_LEVEL: 'debug',
    DATABASE_URL: database.serviceUrl,
    IDENTITY_ISSUER: issuer.url,
    MUX_BASE_URL: mux.url,
    MUX_STREAM_URL: mux.url,
    MUX_IMAGE_URL: mux.url,
    MUX_UPLOAD_ORIGINS: mux.url,
    MUX_WEBHOOK_SECRETS: webhookSecrets.join(','),
    MUX_SIGNING_KEY_ID: key.id,
    MUX_SIGNING_PRIVATE_KEY: key.private_key,
    ...options.environment,
  });
  const config = parseConfig(environment);
  const lines: string[] = [];
  const app = await buildApp(config, { logStream: { write: (line) => lines.push(line) } });
  const origin = await app.listen({ host: '127.0.0.1', port });
  return {
    app,
    config,
    environment,
    origin,
    database,
    issuer,
    mux,
    muxClient,
    log: () => lines.join(''),
    authorization: async (person) => ({
      authorization: `Bearer ${await issuer.token({ claims: { ...people[person], azp: publicUrl } })}`,
    }),
    control: async (path, body) => {
      const response = await fetch(`${mux.url}/control/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) {
        throw new Error(`/control/${path} answered ${response.status}: ${await response.text()}`);
      }
    },
    close: async () => {
      await app.close();
      await mux.close();
      await issuer.close();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
