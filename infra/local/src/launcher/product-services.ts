import { join } from 'node:path';
import { type AppName, builtApp, viteProgram } from './app-build.ts';
import { inheritedEnvironment, REPOSITORY } from './config.ts';
import type { DataFolder } from './data-folder.ts';
import { answers, answersOk, nodeService } from './node-service.ts';
import type { PortPlan } from './port-plan.ts';
import type { Secrets } from './secrets.ts';
import type { Service } from './service.ts';
import type { SigningKey } from './signing-key.ts';

export const AUDIENCE = 'motion-mavericks';

/** Everything the children are told, decided once per start. */
export type StackPlan = {
  ports: PortPlan;
  folder: DataFolder;
  secrets: Secrets;
  /** Serve the built apps, Vite's dev servers, or none. */
  apps: 'built' | 'dev' | 'none';
  /** Additions to the environment of api and worker. */
  env: Record<string, string>;
  /** The video that the canary measures on, once there is one; asked at each start of the worker. */
  canaryVideoId: () => string | undefined;
};

export const origin = (port: number): string => `http://127.0.0.1:${port}`;

/** Addresses of the parts of a stack. */
export function stackUrls(ports: PortPlan) {
  const app = origin(ports.api);
  return {
    app,
    admin: `${app}/admin/`,
    api: `${app}/api`,
    rest: `${app}/rest`,
    identity: origin(ports.identity),
    mailbox: origin(ports.mailbox),
    mux: origin(ports.mux),
    postgrest: origin(ports.postgrest),
    postgrestAdmin: origin(ports.postgrestAdmin),
  };
}

export function databaseUrl(plan: StackPlan, role: string, password: string): string {
  return `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${plan.ports.postgres}/postgres`;
}

const program = (...path: string[]): string => join(REPOSITORY, ...path);
const common = (): Record<string, string> => ({ ...inheritedEnvironment(), ENVIRONMENT: 'development' });

export function identityService({ ports, folder, secrets }: StackPlan): Service {
  const urls = stackUrls(ports);
  return nodeService({
    name: 'identity',
    script: program('infra/local/src/identity/main.ts'),
    cwd: REPOSITORY,
    env: {
      ...common(),
      PORT: String(ports.identity),
      PUBLIC_URL: urls.identity,
      DATA_DIR: folder.identity,
      AUDIENCE,
      ALLOWED_ORIGINS: urls.app,
      CLERK_SECRET_KEY: secrets.clerkSecretKey,
      RESEND_BASE_URL: urls.mailbox,
      RESEND_API_KEY: secrets.resendApiKey,
    },
    ready: { ask: () => answersOk(`${urls.identity}/livez`) },
  });
}

export function mailboxService({ ports, folder, secrets }: StackPlan): Service {
  const urls = stackUrls(ports);
  return nodeService({
    name: 'mailbox',
    script: program('infra/local/src/mailbox/main.ts'),
    cwd: REPOSITORY,
    env: {
      ...common(),
      PORT: String(ports.mailbox),
      PUBLIC_URL: urls.mailbox,
      DATA_DIR: folder.mailbox,
      RESEND_API_KEY: secrets.resendApiKey,
    },
    ready: { ask: () => answersOk(`${urls.mailbox}/livez`) },
  });
}

export function muxService({ ports, folder, secrets }: StackPlan): Service {
  const urls = stackUrls(ports);
  return nodeService({
    name: 'mux',
    script: program('infra/local/src/mux/main.ts'),
    cwd: REPOSITORY,
    env: {
      ...common(),
      PORT: String(ports.mux),
      PUBLIC_URL: urls.mux,
      DATA_DIR: folder.mux,
      MUX_TOKEN_ID: secrets.muxTokenId,
      MUX_TOKEN_SECRET: secrets.muxTokenSecret,
      WEBHOOK_URL: `${urls.app}/api/webhooks/mux`,
      WEBHOOK_SECRET: secrets.muxWebhookSecret,
    },
    ready: { ask: () => answers(urls.mux) },
  });
}

/** What api and worker are told alike (api/src/config.ts). */
function productEnvironment(plan: StackPlan, signingKey: SigningKey): Record<string, string> {
  const { ports, secrets } = plan;
  const urls = stackUrls(ports);
  return {
    ...common(),
    HOST: '127.0.0.1',
    PORT: String(ports.api),
    PUBLIC_URL: urls.app,
    DATABASE_URL: databaseUrl(plan, 'mm_service', secrets.servicePassword),
    POSTGREST_URL: urls.postgrest,
    IDENTITY_PROVIDER: 'local',
    IDENTITY_ISSUER: urls.identity,
    IDENTITY_AUDIENCE: AUDIENCE,
    IDENTITY_AUTHORIZED_PARTIES: urls.app,
    MUX_TOKEN_ID: secrets.muxTokenId,
    MUX_TOKEN_SECRET: secrets.muxTokenSecret,
    MUX_BASE_URL: urls.mux,
    MUX_STREAM_URL: urls.mux,
    MUX_IMAGE_URL: urls.mux,
    MUX_UPLOAD_ORIGINS: urls.mux,
    MUX_WEBHOOK_SECRETS: secrets.muxWebhookSecret,
    MUX_SIGNING_KEY_ID: signingKey.id,
    MUX_SIGNING_PRIVATE_KEY: signingKey.privateKey,
    KEY_ENCRYPTION_KEY: secrets.keyEncryptionKey,
    ADDRESS_HASH_KEY: secrets.addressHashKey,
    SHARE_PROOF_KEY: secrets.shareProofKey,
    RESEND_API_KEY: secrets.resendApiKey,
    RESEND_BASE_URL: urls.mailbox,
    MAIL_FROM: 'Motion Mavericks <videos@example.com>',
    ...plan.env,
  };
}

/** Under `dev` the process is restarted by Node itself when a file it has loaded changes. */
const watchFlags = (plan: StackPlan): string[] => (plan.apps === 'dev' ? ['--watch', '--watch-preserve-output'] : []);

export function apiService(plan: StackPlan, signingKey: SigningKey): Service {
  const { ports, apps } = plan;
  const appSettings = {
    built: { ADMIN_DIR: builtApp(REPOSITORY, 'admin'), VIEWER_DIR: builtApp(REPOSITORY, 'viewer') },
    dev: { ADMIN_DEV_URL: origin(ports.adminDev), VIEWER_DEV_URL: origin(ports.viewerDev) },
    none: {},
  }[apps];
  return nodeService({
    name: 'api',
    script: program('api/src/server.ts'),
    nodeFlags: watchFlags(plan),
    cwd: REPOSITORY,
    env: { ...appSettings, ...productEnvironment(plan, signingKey) },
    ready: { ask: () => answersOk(`${origin(ports.api)}/readyz`) },
  });
}

/** What the worker alone is told: with what and how often it signs the audit log, what its canary measures on, and with what it invites people. */
function workerSettings({ ports, folder, secrets, canaryVideoId }: StackPlan): Record<string, string> {
  const urls = stackUrls(ports);
  const videoId = canaryVideoId();
  return {
    ...(videoId === undefined ? {} : { CANARY_VIDEO_ID: videoId }),
    CLERK_SECRET_KEY: secrets.clerkSecretKey,
    CLERK_API_URL: urls.identity,
    AUDIT_SIGNING_KEY: secrets.auditSigningKey,
    AUDIT_CHECKPOINT_DIR: folder.audit,
    AUDIT_CHECKPOINT_SECONDS: '5',
  };
}

export function workerService(plan: StackPlan, signingKey: SigningKey): Service {
  const serviceOfNow = (): Service =>
    nodeService({
      name: 'worker',
      script: program('api/src/worker.ts'),
      nodeFlags: watchFlags(plan),
      cwd: REPOSITORY,
      // A line of its log tells that it is ready, so that level has to be on: its port answers before its queues do.
      env: {
        ...workerSettings(plan),
        ...productEnvironment(plan, signingKey),
        WORKER_PORT: String(plan.ports.worker),
        LOG_LEVEL: 'info',
      },
      ready: { line: /the worker is ready/ },
    });
  return { name: 'worker', stopSignal: 'SIGTERM', launch: (options) => serviceOfNow().launch(options) };
}

/** Vite's dev server of an app, reached through the api. */
export function viteService(plan: StackPlan, app: AppName): Service {
  const folder = join(REPOSITORY, app);
  const port = app === 'admin' ? plan.ports.adminDev : plan.ports.viewerDev;
  return nodeService({
    name: `${app}-dev`,
    script: viteProgram(folder),
    parameters: ['--host', '127.0.0.1', '--port', String(port), '--strictPort', '--clearScreen', 'false'],
    cwd: folder,
    env: inheritedEnvironment(),
    ready: { ask: () => answers(origin(port)) },
  });
}
