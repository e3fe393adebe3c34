import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { productionEnvironment, sampleEnvironment } from '../test/sample-environment.ts';
import { ConfigError, parseConfig } from './config.ts';

function faultsOf(source: Record<string, string | undefined>): Record<string, string> {
  try {
    parseConfig(source);
  } catch (error) {
    if (error instanceof ConfigError) {
      return Object.fromEntries(error.faults.map((fault) => [fault.variable, fault.message]));
    }
    throw error;
  }
  return {};
}

describe('configuration', () => {
  it('parses numbers, lists and the signing key once', () => {
    const config = parseConfig(sampleEnvironment({ MUX_WEBHOOK_SECRETS: 'first-secret-1234, second-secret-1234' }));
    expect(config.playbackTokenTtlSeconds).toBe(300);
    expect(config.mux.webhookSecrets).toEqual(['first-secret-1234', 'second-secret-1234']);
    expect(config.mux.signingKey.type).toBe('private');
    expect(config.identity.authorizedParties).toEqual(['http://127.0.0.1:4000']);
    expect(config.identity.jwksUrl).toBe('http://127.0.0.1:4001/.well-known/jwks.json');
  });

  it('names every missing variable at once', () => {
    expect(Object.keys(faultsOf({})).sort()).toEqual([
      'ADDRESS_HASH_KEY',
      'DATABASE_URL',
      'IDENTITY_ISSUER',
      'MUX_SIGNING_KEY_ID',
      'MUX_SIGNING_PRIVATE_KEY',
      'MUX_TOKEN_ID',
      'MUX_TOKEN_SECRET',
      'MUX_WEBHOOK_SECRETS',
      'PUBLIC_URL',
      'SHARE_PROOF_KEY',
    ]);
  });

  it('knows no mail without a key, and wants key and sender together', () => {
    expect(parseConfig(sampleEnvironment()).mail).toBeUndefined();
    const mail = { RESEND_API_KEY: 're_12345678', MAIL_FROM: 'Coach Club <mail@club.example>' };
    expect(parseConfig(sampleEnvironment(mail)).mail).toEqual({
      apiKey: 're_12345678',
      baseUrl: 'https://api.resend.com',
      from: 'Coach Club <mail@club.example>',
    });
    expect(faultsOf(sampleEnvironment({ ...mail, MAIL_FROM: undefined }))).toEqual({
      MAIL_FROM: 'is missing, and RESEND_API_KEY is there',
    });
    expect(faultsOf(sampleEnvironment({ ...mail, RESEND_API_KEY: undefined }))).toEqual({
      RESEND_API_KEY: 'is missing, and MAIL_FROM is there',
    });
  });

  it('takes a key of mail with the letters that a random one of the embedded stack may have', () => {
    const mail = { RESEND_API_KEY: 're_abc-def_12', MAIL_FROM: 'mail@club.example' };
    expect(parseConfig(sampleEnvironment(mail)).mail?.apiKey).toBe('re_abc-def_12');
    expect(faultsOf(sampleEnvironment({ ...mail, RESEND_API_KEY: 're_a b' }))).toHaveProperty('RESEND_API_KEY');
  });

  it('reads the key of the audit log as PEM or DER, and names the log after the address', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    for (const exported of [
      privateKey.export({ format: 'pem', type: 'pkcs8' }),
      privateKey.export({ format: 'der', type: 'pkcs8' }),
    ]) {
      const signing = {
        AUDIT_SIGNING_KEY: Buffer.from(exported).toString('base64'),
        AUDIT_CHECKPOINT_DIR: '/var/audit',
      };
      const { auditSigning } = parseConfig(sampleEnvironment(signing));
      expect(auditSigning).toMatchObject({
        origin: '127.0.0.1:4000/audit',
        checkpointDir: '/var/audit',
        pastKeys: [],
        everySeconds: 60,
      });
      expect(auditSigning?.key.equals(privateKey)).toBe(true);
    }
    expect(parseConfig(sampleEnvironment()).auditSigning).toBeUndefined();
  });

  it('wants the key of the audit log and the folder of its checkpoints together', () => {
    const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
    expect(faultsOf(sampleEnvironment({ AUDIT_SIGNING_KEY: key }))).toEqual({
      AUDIT_CHECKPOINT_DIR: 'is missing, and AUDIT_SIGNING_KEY is there',
    });
    expect(faultsOf(sampleEnvironment({ AUDIT_CHECKPOINT_DIR: '/var/audit' }))).toEqual({
      AUDIT_SIGNING_KEY: 'is missing, and AUDIT_CHECKPOINT_DIR is there',
    });
  });

  it('in production, wants the key of the audit log from the worker and not from the api', () => {
    expect(() => parseConfig(productionEnvironment(), 'api')).not.toThrow();
    expect(() => parseConfig(productionEnvironment(), 'worker')).toThrow(/AUDIT_SIGNING_KEY is missing/);
  });

  it('in production, wants a way to mail codes from the worker and not from the api', () => {
    expect(() => parseConfig(productionEnvironment(), 'worker')).toThrow(/RESEND_API_KEY is missing/);
  });

  it('in production, wants a live key to invite people with from the worker and not from the api', () => {
    expect(() => parseConfig(productionEnvironment(), 'worker')).toThrow(/CLERK_SECRET_KEY is missing/);
    expect(() => parseConfig(productionEnvironment({ CLERK_SECRET_KEY: 'sk_test_0123456789' }), 'worker')).toThrow(
      /CLERK_SECRET_KEY must be a live key/,
    );
  });

  it('invites nobody without a key', () => {
    expect(parseConfig(sampleEnvironment()).inviting).toBeUndefined();
    expect(parseConfig(sampleEnvironment({ CLERK_SECRET_KEY: 'sk_test_0123456789' })).inviting).toEqual({
      secretKey: 'sk_test_0123456789',
      apiUrl: 'https://api.clerk.com',
    });
    expect(faultsOf(sampleEnvironment({ CLERK_SECRET_KEY: 'pk_test_0123456789' }))).toHaveProperty('CLERK_SECRET_KEY');
  });

  it('treats an empty variable as missing', () => {
    expect(faultsOf(sampleEnvironment({ MUX_TOKEN_ID: '' }))).toEqual({ MUX_TOKEN_ID: 'is missing' });
  });

  it.each([
    ['PLAYBACK_TOKEN_TTL_SECONDS', '901', 'must be at most 900'],
    ['PLAYBACK_TOKEN_TTL_SECONDS', '9', 'must be at least 10'],
    ['PLAYBACK_TOKEN_TTL_SECONDS', '300.5', 'must be a whole number'],
    ['PORT', '70000', 'must be at most 65535'],
    ['AUDIT_SIGNING_KEY', 'bm8ga2V5', 'must be the base64 of an Ed25519 private key (PKCS #8, PEM or DER)'],
    ['AUDIT_ORIGIN', 'our log', 'must have no spaces, no + and ASCII only'],
    ['AUDIT_PAST_KEYS', 'a+b', 'must be verifier keys such as `/.well-known/audit-keys` lists'],
    ['PUBLIC_URL', 'https://app.example.com/path', 'must be an origin such as https://app.example.com'],
    ['PUBLIC_URL', 'ftp://app.example.com', 'must be an http or https URL'],
    ['DATABASE_URL', 'mysql://x', 'must be a postgres:// URL'],
    ['ADDRESS_HASH_KEY', 'short', 'must be at least 32 characters'],
    ['SHARE_PROOF_KEY', 'short', 'must be the base64 of 32 random bytes (openssl rand -base64 32)'],
    ['RESEND_API_KEY', 'key', 'must be an API key of Resend (re_…)'],
    ['MAIL_FROM', 'Coach Club', 'must be an address such as Coach Club <mail@club.example>'],
    ['MAIL_FROM', 'Coach\nClub <mail@club.example>', 'must be an address such as Coach Club <mail@club.example>'],
    ['MUX_WEBHOOK_SECRETS', 'short', 'must be at least 16 characters each'],
    ['MUX_UPLOAD_ORIGINS', "'unsafe-inline'", 'must be origins such as https://*.mux.com'],
    [
      'MUX_SIGNING_PRIVATE_KEY',
      'AAAA',
      'must be the base64 of an RSA private key (PEM, 2048 bits or more), as Mux returns it',
    ],
  ])('refuses %s=%s', (variable, value, message) => {
    expect(faultsOf(sampleEnvironment({ [variable]: value }))).toEqual({ [variable]: message });
  });

  it('refuses an RSA signing key shorter than 2048 bits', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const faults = faultsOf(sampleEnvironment({ MUX_SIGNING_PRIVATE_KEY: Buffer.from(pem).toString('base64') }));
    expect(Object.keys(faults)).toEqual(['MUX_SIGNING_PRIVATE_KEY']);
  });

  it('never repeats a value in its message', () => {
    const value = 'hunter2-secret';
    expect(() => parseConfig(sampleEnvironment({ ADDRESS_HASH_KEY: value }))).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(value) }),
    );
  });

  it('asks for a publishable key when Clerk signs people in', () => {
    expect(faultsOf(sampleEnvironment({ IDENTITY_PROVIDER: 'clerk' }))).toEqual({
      CLERK_PUBLISHABLE_KEY: 'is missing, and IDENTITY_PROVIDER is clerk',
    });
  });

  it('accepts development servers in development only', () => {
    const urls = { ADMIN_DEV_URL: 'http://127.0.0.1:4007', VIEWER_DEV_URL: 'http://127.0.0.1:4008' };
    expect(faultsOf(sampleEnvironment({ ...urls, ENVIRONMENT: 'development' }))).toEqual({});
    expect(Object.keys(faultsOf(sampleEnvironment(urls)))).toEqual(['ADMIN_DEV_URL', 'VIEWER_DEV_URL']);
  });
});

describe('production', () => {
  it('starts with a complete production environment', () => {
    expect(faultsOf(productionEnvironment())).toEqual({});
  });

  it.each([
    ['IDENTITY_PROVIDER', 'local'],
    ['IDENTITY_ISSUER', 'http://clerk.motionmavericks.test'],
    ['PUBLIC_URL', 'http://videos.motionmavericks.test'],
    ['MUX_BASE_URL', 'http://127.0.0.1:4002'],
    ['MUX_STREAM_URL', 'https://localhost:4002'],
    ['MUX_IMAGE_URL', 'https://[::1]:4002'],
    ['MUX_UPLOAD_ORIGINS', 'http://127.0.0.1:4002'],
    ['CLERK_PUBLISHABLE_KEY', 'pk_test_Y2xlcms'],
    ['METRICS_TOKEN', undefined],
    ['SHARE_PROOF_KEY', undefined],
    ['RESEND_BASE_URL', 'http://127.0.0.1:4003'],
    ['ADDRESS_HASH_KEY', 'change-me-change-me-change-me-change-me'],
    ['MUX_WEBHOOK_SECRETS', 'development-webhook-secret'],
  ])('refuses %s=%s', (variable, value) => {
    expect(Object.keys(faultsOf(productionEnvironment({ [variable]: value })))).toContain(variable);
  });
});

describe('a program that starts with a wrong environment', () => {
  it.each(['server.ts', 'worker.ts'])('%s names the variable on standard error and exits with 1', (program) => {
    const path = fileURLToPath(new URL(program, import.meta.url));
    const env = { ...sampleEnvironment({ PLAYBACK_TOKEN_TTL_SECONDS: '3600' }), PATH: process.env.PATH };
    const run = spawnSync(process.execPath, [path], { env, encoding: 'utf8' });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('PLAYBACK_TOKEN_TTL_SECONDS must be at most 900');
    expect(run.stdout).toBe('');
  });
});
