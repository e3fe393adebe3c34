import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { parseVerifierKey } from './audit/signed-note.ts';
import { crashPoints } from './crash-point.ts';
import { readLimitSettings } from './rate-limits/settings.ts';
import { shortestMuxSecret, svixKey, svixSecretPattern } from './webhooks/secret-text.ts';

/** `a, b,,c` → `['a','b','c']`. */
const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));

/** An http(s) URL, kept without a trailing slash so that paths can be appended. */
const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .transform((url) => url.replace(/\/+$/, ''));

/** An origin: scheme, host and port, nothing after. */
const origin = httpUrl.refine(
  (url) => new URL(url).origin === url,
  'must be an origin such as https://app.example.com',
);

/** Origins or CSP host sources such as `https://*.mux.com`. */
const cspSources = z
  .string()
  .transform(list)
  .pipe(
    z.array(z.string().regex(/^https?:\/\/(\*\.)?[a-z0-9.-]+(:\d+)?$/i, 'must be origins such as https://*.mux.com')),
  );

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' });

/** Mux hands the private key out once, as base64 of a PEM. Imported here, once, so that a broken key is named at start. */
const signingKey = z.string().transform((text, context): KeyObject => {
  try {
    const key = createPrivateKey(Buffer.from(text, 'base64'));
    if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) {
      return key;
    }
  } catch {
    // The reason below says all that may be said about a private key.
  }
  context.addIssue({
    code: 'custom',
    message: 'must be the base64 of an RSA private key (PEM, 2048 bits or more), as Mux returns it',
  });
  return z.NEVER;
});

/** A private key in PKCS #8, PEM or DER, as base64: one line for an environment. */
const auditSigningKey = z.string().transform((text, context): KeyObject => {
  try {
    const bytes = Buffer.from(text, 'base64');
    const isPem = bytes.subarray(0, 5).toString('latin1') === '-----';
    const key = createPrivateKey(isPem ? bytes : { key: bytes, format: 'der', type: 'pkcs8' });
    if (key.asymmetricKeyType === 'ed25519') {
      return key;
    }
  } catch {
    // The reason below says all that may be said about a private key.
  }
  context.addIssue({ code: 'custom', message: 'must be the base64 of an Ed25519 private key (PKCS #8, PEM or DER)' });
  return z.NEVER;
});

/** 32 random bytes, as base64. */
const encryptionKey = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be the base64 of 32 random bytes (openssl rand -base64 32)')
  .transform((text): KeyObject => createSecretKey(Buffer.from(text, 'base64')));

const verifierKeys = z
  .string()
  .transform(list)
  .transform((texts, context) =>
    texts.flatMap((text) => {
      const key = parseVerifierKey(text);
      if (key === undefined) {
        context.addIssue({ code: 'custom', message: 'must be verifier keys such as `/.well-known/audit-keys` lists' });
        return [];
      }
      return [key];
    }),
  );

const webhookSecrets = z
  .string()
  .transform(list)
  .pipe(
    z
      .array(z.string().min(shortestMuxSecret, `must be at least ${shortestMuxSecret} characters each`))
      .min(1, 'must name at least one secret')
      .max(4),
  );

const svixSecrets = z
  .string()
  .transform(list)
  .pipe(
    z
      .array(
        z
          .string()
          .regex(svixSecretPattern, 'must be secrets such as whsec_…, as the provider shows them')
          .transform(svixKey),
      )
      .min(1, 'must name at least one secret')
      .max(4),
  )
  .optional();

/** Changes to the rules as delivered, in order. */
const limitSettings = z
  .string()
  .optional()
  .transform((text, context) => {
    try {
      return readLimitSettings(list(text ?? ''));
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'cannot be read' });
      return z.NEVER;
    }
  });

/** `fold.begun` or `fold.begun#2`. */
const crash = z
  .string()
  .regex(/^[a-z.]+(#[1-9]\d{0,5})?$/, 'must be a point such as fold.begun, or fold.begun#2')
  .transform((text) => {
    const [point, pass = '1'] = text.split('#');
    return { point, pass: Number(pass) };
  })
  .pipe(z.object({ point: z.enum(crashPoints, 'names no point of api/src/crash-point.ts'), pass: z.int() }));

/**
 * Every environment variable that the api and the worker read. The sentence behind `.describe()` becomes the row in
 * docs/reference/configuration.md, so it says what the value does and in which unit.
 */
export const environmentSchema = z.object({
  ENVIRONMENT: z
    .enum(['development', 'test', 'staging', 'production'])
    .default('development')
    .describe('Where this process runs. `production` refuses development issuers, doubles and well-known secrets.'),
  CRASH_POINT: crash
    .optional()
    .describe(
      'Place in the code where this process kills itself, for tests of what is left behind: `webhook.stored`, or `webhook.stored#3` for the third pass (`api/src/crash-point.ts` lists them). With `ENVIRONMENT` `development` or `test` only.',
    ),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address the api listens on.'),
  PORT: wholeNumber(0, 65_535).default(4000).describe('Port the api listens on; 0 lets the system choose one.'),
  PUBLIC_URL: origin.describe(
    'The one origin under which browsers reach the product; share links and upload CORS use it.',
  ),
  TRUSTED_PROXY_HOPS: wholeNumber(0, 10)
    .default(0)
    .describe('Exact number of reverse proxies in front whose `x-forwarded-*` headers are believed.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Least severe level that is written to standard output, as JSON lines.'),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must be at least 16 characters')
    .optional()
    .describe('Bearer token that `/metrics` asks for. Required in production; without it `/metrics` is open.'),

  DATABASE_URL: postgresUrl.describe('PostgreSQL connection of the role `mm_service`.'),
  DATABASE_POOL_MAX: wholeNumber(1, 200).default(10).describe('Most connections this process holds open.'),
  POSTGREST_URL: httpUrl.optional().describe('PostgREST behind `/rest`. Without it `/rest` answers 404.'),

  ADMIN_DIR: z.string().min(1).optional().describe('Folder of the built admin app, served at `/admin/`.'),
  VIEWER_DIR: z
    .string()
    .min(1)
    .optional()
    .describe('Folder of the built viewer, served at `/s/*` and `/viewer-assets/`.'),
  ADMIN_DEV_URL: httpUrl
    .optional()
    .describe('Vite server of the admin app, proxied instead of `ADMIN_DIR`. Development only.'),
  VIEWER_DEV_URL: httpUrl
    .optional()
    .describe('Vite server of the viewer, proxied instead of `VIEWER_DIR`. Development only.'),

  IDENTITY_PROVIDER: z
    .enum(['local', 'clerk'])
    .default('local')
    .describe('Who signs people in: the embedded issuer or Clerk.'),
  IDENTITY_ISSUER: httpUrl.describe('The `iss` that session tokens must carry; with Clerk, the frontend API URL.'),
  IDENTITY_AUDIENCE: z
    .string()
    .min(1)
    .default('motion-mavericks')
    .describe('The `aud` that session tokens must carry.'),
  IDENTITY_AUTHORIZED_PARTIES: z
    .string()
    .transform(list)
    .pipe(z.array(origin).min(1, 'must name at least one origin'))
    .optional()
    .describe('Comma-separated origins accepted as `azp` of a session token. Default: `PUBLIC_URL`.'),
  IDENTITY_JWKS_URL: httpUrl
    .optional()
    .describe("Where the issuer's public keys are read. Default: `IDENTITY_ISSUER` + `/.well-known/jwks.json`."),
  CLERK_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(test|live)_[A-Za-z0-9+/=_-]+$/, 'must be a Clerk publishable key (pk_test_… or pk_live_…)')
    .optional()
    .describe("Clerk's publishable key, handed to the admin app. Required when `IDENTITY_PROVIDER` is `clerk`."),
  CLERK_SECRET_KEY: z
    .string()
    .regex(/^sk_(test|live)_[\w-]{8,}$/, 'must be a Clerk secret key (sk_test_… or sk_live_…)')
    .optional()
    .describe(
      'Secret key of Clerk, with which the worker invites people. Required in production, by the worker only; without it invitations wait.',
    ),
  CLERK_API_URL: httpUrl.default('https://api.clerk.com').describe("Clerk's Backend API."),
  CLERK_WEBHOOK_SECRETS: svixSecrets.describe(
    "Comma-separated signing secrets (`whsec_…`) of Clerk's webhook, the newest first. Once one was rotated those of the database count instead. Without it `/api/webhooks/clerk` answers 404.",
  ),

  MUX_TOKEN_ID: z.string().min(1).describe('Id of the Mux access token (Mux Video, read and write).'),
  MUX_TOKEN_SECRET: z.string().min(1).describe('Secret of the Mux access token.'),
  MUX_BASE_URL: httpUrl.default('https://api.mux.com').describe("Mux's REST API."),
  MUX_STREAM_URL: origin.default('https://stream.mux.com').describe('Where players fetch HLS.'),
  MUX_IMAGE_URL: origin.default('https://image.mux.com').describe('Where players fetch posters and storyboards.'),
  MUX_UPLOAD_ORIGINS: cspSources
    .default(['https://storage.googleapis.com', 'https://*.mux.com'])
    .describe('Comma-separated sources the admin page may upload to (goes into its Content-Security-Policy).'),
  MUX_WEBHOOK_SECRETS: webhookSecrets.describe(
    'Comma-separated signing secrets of the Mux webhook, the newest first. Once one was rotated (`pnpm keys:rotate mux-webhook`) those of the database count instead.',
  ),
  MUX_SIGNING_KEY_ID: z
    .string()
    .min(1)
    .max(255)
    .describe('Id of the Mux signing key, sent as `kid` of playback tokens.'),
  MUX_SIGNING_PRIVATE_KEY: signingKey.describe(
    'Private half of the Mux signing key: base64 of a PEM, as Mux returns it.',
  ),

  KEY_ENCRYPTION_KEY: encryptionKey
    .optional()
    .describe(
      'Base64 of 32 random bytes that encrypt the Mux signing keys and the webhook secrets which rotations keep in the database. The same for every process. Without it those of the environment are the only ones, and they are rotated by a deployment.',
    ),

  RECONCILE_ORPHANS: z
    .enum(['list', 'delete'])
    .default('list')
    .describe(
      'What the daily comparison with Mux does to an asset that belongs to no upload and is older than 24 hours: `list` it for a person, or `delete` it. Use `delete` only when the Mux environment belongs to this deployment alone.',
    ),

  RESEND_API_KEY: z
    .string()
    .regex(/^re_[\w-]{8,}$/, 'must be an API key of Resend (re_…)')
    .optional()
    .describe(
      'API key of Resend, with which the worker sends mail. Required in production, by the worker only; without it no mail is sent.',
    ),
  RESEND_BASE_URL: httpUrl.default('https://api.resend.com').describe("Resend's REST API."),
  MAIL_FROM: z
    .string()
    .regex(
      /^(?:[^<>"\r\n]{1,100} <[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/,
      'must be an address such as Coach Club <mail@club.example>',
    )
    .optional()
    .describe('Sender of mail, of a domain that is verified at Resend. Required together with `RESEND_API_KEY`.'),
  RESEND_WEBHOOK_SECRETS: svixSecrets.describe(
    "Comma-separated signing secrets (`whsec_…`) of Resend's webhook, the newest first. Once one was rotated those of the database count instead. Without it `/api/webhooks/resend` answers 404.",
  ),

  PLAYBACK_TOKEN_TTL_SECONDS: wholeNumber(10, 900)
    .default(300)
    .describe('Life of playback tokens in seconds, 10 to 900. More than 900 (15 minutes) refuses to start (SH-03).'),
  CANARY_VIDEO_ID: z
    .uuid()
    .optional()
    .describe(
      'Id of a video of your own, at best of an account for nothing else, that the worker probes every ten minutes: it makes a link, plays, revokes or cuts off, and measures how soon nothing plays. Without it nothing is measured.',
    ),
  ADDRESS_HASH_KEY: z
    .string()
    .min(32, 'must be at least 32 characters')
    .describe(
      'Master key of the HMAC under which the addresses of viewers are recorded; addresses themselves are never kept. The same for every process. Replacing it makes what was recorded before unlinkable for good.',
    ),
  ADDRESS_HASH_DAYS: wholeNumber(1, 31)
    .default(30)
    .describe(
      'Days after which viewers are recorded under another key, derived from `ADDRESS_HASH_KEY`, 1 to 31: what they watched in two such periods cannot be joined by address. The same for every process.',
    ),

  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'must be a redis:// or rediss:// URL' })
    .optional()
    .describe(
      'Redis in which all processes count together; `rediss://` in production. Without it, and while it does not answer, each process counts for itself.',
    ),
  RATE_LIMITS: limitSettings.describe(
    'Comma-separated changes to the limits of docs/reference/rate-limits.md, in order: `playback=120/60` (requests/seconds), `share-guess=monitor` (`off`, `monitor` or `enforce`), `reports=30/60:enforce`; `*` means every rule.',
  ),
  SHARE_PROOF_KEY: encryptionKey.describe(
    'Base64 of 32 random bytes under which proofs of share links are signed and their codes derived. The same for every process. Another one ends every proof and every code that is on its way.',
  ),

  AUDIT_SIGNING_KEY: auditSigningKey
    .optional()
    .describe(
      'Key that the worker signs checkpoints of the audit log with: base64 of an Ed25519 private key (PKCS #8, PEM or DER). Required in production, by the worker only; without it nothing is signed.',
    ),
  AUDIT_CHECKPOINT_DIR: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder outside the database in which the worker keeps `checkpoints.txt`. Required together with `AUDIT_SIGNING_KEY`; keep it where nobody who administers the database can write.',
    ),
  AUDIT_ORIGIN: z
    .string()
    .regex(/^[\x21-\x2a\x2c-\x7e]+$/, 'must have no spaces, no + and ASCII only')
    .optional()
    .describe(
      'Name of the log in its checkpoints and verifier keys. Default: the host of `PUBLIC_URL` followed by `/audit`.',
    ),
  AUDIT_PAST_KEYS: verifierKeys
    .optional()
    .describe(
      'Comma-separated verifier keys that signed before `AUDIT_SIGNING_KEY`, so that the worker trusts the checkpoints they made.',
    ),
  AUDIT_CHECKPOINT_SECONDS: wholeNumber(1, 3_600)
    .default(60)
    .describe('Seconds between two looks whether the audit log has grown and is to be signed.'),
  WORKER_PORT: wholeNumber(0, 65_535)
    .optional()
    .describe(
      'Port on which the worker answers `/metrics` and `/livez`, at `HOST`. Without it the worker listens nowhere.',
    ),
});

/** The environment after parsing: numbers are numbers, lists are lists, the key is a key. */
export type Environment = z.output<typeof environmentSchema>;
