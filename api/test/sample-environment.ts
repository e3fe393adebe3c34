import { generateKeyPairSync } from 'node:crypto';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A complete, valid environment of a development process; tests spread it and change what they are about. */
export function sampleEnvironment(
  overrides: Record<string, string | undefined> = {},
): Record<string, string | undefined> {
  return {
    ENVIRONMENT: 'test',
    PORT: '0',
    PUBLIC_URL: 'http://127.0.0.1:4000',
    LOG_LEVEL: 'silent',
    DATABASE_URL: 'postgres://mm_service:unused@127.0.0.1:1/unused',
    IDENTITY_ISSUER: 'http://127.0.0.1:4001',
    MUX_TOKEN_ID: 'token-id',
    MUX_TOKEN_SECRET: 'token-secret',
    MUX_BASE_URL: 'http://127.0.0.1:1',
    MUX_STREAM_URL: 'http://127.0.0.1:4002',
    MUX_IMAGE_URL: 'http://127.0.0.1:4002',
    MUX_UPLOAD_ORIGINS: 'http://127.0.0.1:4002',
    MUX_WEBHOOK_SECRETS: 'webhook-secret-one',
    MUX_SIGNING_KEY_ID: 'signing-key-1',
    MUX_SIGNING_PRIVATE_KEY: Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64'),
    SHARE_PROOF_KEY: Buffer.from('a key for the proofs in tests...').toString('base64'),
    ADDRESS_HASH_KEY: 'a-key-for-hashing-addresses-in-tests',
    // All tests ask from one address; those that are about limits switch them on.
    RATE_LIMITS: '*=off',
    ...overrides,
  };
}

/** An environment that production accepts. */
export function productionEnvironment(
  overrides: Record<string, string | undefined> = {},
): Record<string, string | undefined> {
  return sampleEnvironment({
    ENVIRONMENT: 'production',
    PORT: '4000',
    LOG_LEVEL: 'info',
    PUBLIC_URL: 'https://videos.motionmavericks.test',
    IDENTITY_PROVIDER: 'clerk',
    IDENTITY_ISSUER: 'https://clerk.motionmavericks.test',
    CLERK_PUBLISHABLE_KEY: 'pk_live_Y2xlcmsubW90aW9ubWF2ZXJpY2tzLnRlc3Qk',
    MUX_TOKEN_SECRET: 'q7Jv0mKe2Zr5Tn8Xb1Wc',
    MUX_BASE_URL: undefined,
    MUX_STREAM_URL: undefined,
    MUX_IMAGE_URL: undefined,
    MUX_UPLOAD_ORIGINS: undefined,
    MUX_WEBHOOK_SECRETS: 'Zk3vB8n1Qw6Ry4Lp,Ht9cM2xF7sJ5dG0u',
    ADDRESS_HASH_KEY: 'u8Gd4Kq1Zx7Vb2Nm9Ls5Wc3Re6Ty0Pa8',
    RATE_LIMITS: undefined,
    METRICS_TOKEN: 'Jx5Wn2Vc8Zq4Lb7Rk1Ty',
    ...overrides,
  });
}
