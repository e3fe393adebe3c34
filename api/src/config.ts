import type { KeyObject } from 'node:crypto';
import manifest from '../package.json' with { type: 'json' };
import type { VerifierKey } from './audit/signed-note.ts';
import { type Environment, environmentSchema } from './config-schema.ts';
import { type ArmedCrash, armCrash } from './crash-point.ts';
import { productionFaults } from './production-rules.ts';
import type { LimitRules } from './rate-limits/rules.ts';

/** Which program reads the configuration: what only one of them needs is asked of that one. */
export type Program = 'api' | 'worker';

/** What the worker signs checkpoints of the audit log with. */
export interface AuditSigning {
  readonly key: KeyObject;
  readonly origin: string;
  /** Folder outside the database. */
  readonly checkpointDir: string;
  /** Keys whose checkpoints are trusted besides. */
  readonly pastKeys: readonly VerifierKey[];
  /** Seconds between two looks. */
  readonly everySeconds: number;
}

/** What the worker sends mail with. */
export interface MailConfig {
  readonly apiKey: string;
  readonly baseUrl: string;
  /** `Name <address>` or an address. */
  readonly from: string;
}

/** What the worker invites people with. */
export interface InvitingConfig {
  readonly secretKey: string;
  readonly apiUrl: string;
}

export interface Config {
  readonly environment: Environment['ENVIRONMENT'];
  readonly version: string;
  readonly logLevel: Environment['LOG_LEVEL'];
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Origin without trailing slash. */
    readonly publicUrl: string;
    readonly trustedProxyHops: number;
    readonly metricsToken: string | undefined;
  };
  readonly database: { readonly url: string; readonly poolMax: number };
  readonly postgrestUrl: string | undefined;
  readonly apps: Record<'admin' | 'viewer', { readonly dir: string | undefined; readonly devUrl: string | undefined }>;
  readonly identity: {
    readonly provider: 'local' | 'clerk';
    readonly issuer: string;
    readonly audience: string;
    readonly authorizedParties: readonly string[];
    readonly jwksUrl: string;
    readonly clerkPublishableKey: string | undefined;
  };
  readonly mux: {
    readonly tokenId: string;
    readonly tokenSecret: string;
    readonly baseUrl: string;
    readonly streamUrl: string;
    readonly imageUrl: string;
    readonly uploadOrigins: readonly string[];
    readonly webhookSecrets: readonly string[];
    readonly signingKeyId: string;
    readonly signingKey: KeyObject;
    /** Opens the signing keys in the database; undefined: `signingKey` is the only one. */
    readonly keyEncryptionKey: KeyObject | undefined;
    /** What becomes of assets at Mux that belong to no upload of ours. */
    readonly orphans: 'list' | 'delete';
  };
  /** Undefined where nobody is invited. */
  readonly inviting: InvitingConfig | undefined;
  /** Undefined where no mail is sent. */
  readonly mail: MailConfig | undefined;
  readonly webhooks: {
    /** The decoded keys of Clerk's and of Resend's webhook; undefined: not configured. */
    readonly clerkSecrets: readonly Buffer[] | undefined;
    readonly resendSecrets: readonly Buffer[] | undefined;
  };
  /** Seconds, 10 to 900 (SH-03). */
  readonly playbackTokenTtlSeconds: number;
  /** The video that the canary probes; undefined: nothing is measured. */
  readonly canaryVideoId: string | undefined;
  readonly addressHashKey: string;
  /** Days after which viewers are recorded under another key. */
  readonly addressHashDays: number;
  readonly limits: {
    readonly rules: LimitRules;
    /** Undefined: each process counts for itself. */
    readonly redisUrl: string | undefined;
  };
  readonly shareProofKey: KeyObject;
  /** Undefined where nothing is signed. */
  readonly auditSigning: AuditSigning | undefined;
  /** Port of the worker's own door; undefined for none. */
  readonly workerPort: number | undefined;
  /** Where this process kills itself, in tests; undefined: nowhere. */
  readonly crash: ArmedCrash | undefined;
}

/** One wrong variable: its name and what is wrong with it, never its value. */
export interface ConfigFault {
  readonly variable: string;
  readonly message: string;
}

/** The environment is not usable; `message` lists every fault, one a line. */
export class ConfigError extends Error {
  readonly faults: readonly ConfigFault[];
  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map((fault) => `  ${fault.variable} ${fault.message}`);
    super(
      `The configuration is not usable:\n${lines.join('\n')}\nEvery variable is explained in docs/reference/configuration.md.`,
    );
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** Variables of which both are there, or none. */
const pairs = [
  ['AUDIT_SIGNING_KEY', 'AUDIT_CHECKPOINT_DIR'],
  ['RESEND_API_KEY', 'MAIL_FROM'],
] as const;

function relationFaults(environment: Environment): ConfigFault[] {
  const faults: ConfigFault[] = [];
  if (environment.IDENTITY_PROVIDER === 'clerk' && environment.CLERK_PUBLISHABLE_KEY === undefined) {
    faults.push({ variable: 'CLERK_PUBLISHABLE_KEY', message: 'is missing, and IDENTITY_PROVIDER is clerk' });
  }
  for (const pair of pairs) {
    const missing = pair.filter((variable) => environment[variable] === undefined);
    const [variable] = missing;
    if (variable !== undefined && missing.length === 1) {
      const other = pair.find((each) => each !== variable);
      faults.push({ variable, message: `is missing, and ${other} is there` });
    }
  }
  for (const variable of ['ADMIN_DEV_URL', 'VIEWER_DEV_URL'] as const) {
    if (environment[variable] !== undefined && environment.ENVIRONMENT !== 'development') {
      faults.push({ variable, message: 'is for ENVIRONMENT=development only' });
    }
  }
  if (environment.CRASH_POINT !== undefined && !['development', 'test'].includes(environment.ENVIRONMENT)) {
    faults.push({ variable: 'CRASH_POINT', message: 'is for ENVIRONMENT=development or test only' });
  }
  return faults;
}

/**
 * Reads the configuration once, at start.
 * @param source the variables, normally `process.env`; an empty string counts as missing.
 * @param program whose configuration it is
 * @throws {ConfigError} naming every wrong or missing variable at once. Values never appear in the message.
 */
export function parseConfig(source: Readonly<Record<string, string | undefined>>, program: Program = 'api'): Config {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environmentSchema.safeParse(present);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => {
      const variable = String(issue.path[0]);
      return { variable, message: variable in present ? issue.message : 'is missing' };
    });
    throw new ConfigError([...new Map(faults.map((fault) => [fault.variable, fault])).values()]);
  }
  const environment = parsed.data;
  const faults = [...relationFaults(environment), ...productionFaults(environment, program)];
  if (faults.length > 0) {
    throw new ConfigError(faults);
  }
  return toConfig(environment);
}

function toConfig(environment: Environment): Config {
  return {
    environment: environment.ENVIRONMENT,
    version: manifest.version,
    logLevel: environment.LOG_LEVEL,
    http: {
      host: environment.HOST,
      port: environment.PORT,
      publicUrl: environment.PUBLIC_URL,
      trustedProxyHops: environment.TRUSTED_PROXY_HOPS,
      metricsToken: environment.METRICS_TOKEN,
    },
    database: { url: environment.DATABASE_URL, poolMax: environment.DATABASE_POOL_MAX },
    postgrestUrl: environment.POSTGREST_URL,
    apps: {
      admin: { dir: environment.ADMIN_DIR, devUrl: environment.ADMIN_DEV_URL },
      viewer: { dir: environment.VIEWER_DIR, devUrl: environment.VIEWER_DEV_URL },
    },
    identity: {
      provider: environment.IDENTITY_PROVIDER,
      issuer: environment.IDENTITY_ISSUER,
      audience: environment.IDENTITY_AUDIENCE,
      authorizedParties: environment.IDENTITY_AUTHORIZED_PARTIES ?? [environment.PUBLIC_URL],
      jwksUrl: environment.IDENTITY_JWKS_URL ?? `${environment.IDENTITY_ISSUER}/.well-known/jwks.json`,
      clerkPublishableKey: environment.CLERK_PUBLISHABLE_KEY,
    },
    mux: {
      tokenId: environment.MUX_TOKEN_ID,
      tokenSecret: environment.MUX_TOKEN_SECRET,
      baseUrl: environment.MUX_BASE_URL,
      streamUrl: environment.MUX_STREAM_URL,
      imageUrl: environment.MUX_IMAGE_URL,
      uploadOrigins: environment.MUX_UPLOAD_ORIGINS,
      webhookSecrets: environment.MUX_WEBHOOK_SECRETS,
      signingKeyId: environment.MUX_SIGNING_KEY_ID,
      signingKey: environment.MUX_SIGNING_PRIVATE_KEY,
      keyEncryptionKey: environment.KEY_ENCRYPTION_KEY,
      orphans: environment.RECONCILE_ORPHANS,
    },
    inviting: toInvitingConfig(environment),
    mail: toMailConfig(environment),
    webhooks: {
      clerkSecrets: environment.CLERK_WEBHOOK_SECRETS,
      resendSecrets: environment.RESEND_WEBHOOK_SECRETS,
    },
    playbackTokenTtlSeconds: environment.PLAYBACK_TOKEN_TTL_SECONDS,
    canaryVideoId: environment.CANARY_VIDEO_ID,
    addressHashKey: environment.ADDRESS_HASH_KEY,
    addressHashDays: environment.ADDRESS_HASH_DAYS,
    limits: { rules: environment.RATE_LIMITS, redisUrl: environment.REDIS_URL },
    shareProofKey: environment.SHARE_PROOF_KEY,
    auditSigning: toAuditSigning(environment),
    workerPort: environment.WORKER_PORT,
    crash: environment.CRASH_POINT,
  };
}

function toInvitingConfig({
  CLERK_SECRET_KEY: secretKey,
  CLERK_API_URL: apiUrl,
}: Environment): InvitingConfig | undefined {
  return secretKey === undefined ? undefined : { secretKey, apiUrl };
}

function toMailConfig(environment: Environment): MailConfig | undefined {
  const { RESEND_API_KEY: apiKey, MAIL_FROM: from, RESEND_BASE_URL: baseUrl } = environment;
  return apiKey === undefined || from === undefined ? undefined : { apiKey, from, baseUrl };
}

function toAuditSigning(environment: Environment): AuditSigning | undefined {
  const { AUDIT_SIGNING_KEY: key, AUDIT_CHECKPOINT_DIR: checkpointDir } = environment;
  return key === undefined || checkpointDir === undefined
    ? undefined
    : {
        key,
        checkpointDir,
        origin: environment.AUDIT_ORIGIN ?? `${new URL(environment.PUBLIC_URL).host}/audit`,
        pastKeys: environment.AUDIT_PAST_KEYS ?? [],
        everySeconds: environment.AUDIT_CHECKPOINT_SECONDS,
      };
}

/** The configuration of this process, or its end: the faults go to standard error and the process exits with 1. */
export function loadConfigOrExit(program: Program): Config {
  try {
    const config = parseConfig(process.env, program);
    armCrash(config.crash);
    return config;
  } catch (error) {
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`);
      process.exit(1);
    }
    throw error;
  }
}
