import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Issuer } from './issuer.ts';

export const webhookSecret = 'webhook-secret-of-the-fault-suite';
export const muxLogin = { tokenId: 'token-id', tokenSecret: 'token-secret' };

/** Connections that one process of the product may hold: few, so that they can be exhausted. */
export const poolMax = 4;

/** What api, worker and commands are told. */
export function productEnvironment(facts: {
  apiPort: number;
  muxUrl: string;
  folder: string;
  databaseUrl: string;
  issuer: Issuer;
  key: { id: string; private_key?: string };
}): Record<string, string> {
  const { apiPort, muxUrl, folder, databaseUrl, issuer, key } = facts;
  return {
    PATH: process.env.PATH ?? '',
    ENVIRONMENT: 'test',
    LOG_LEVEL: 'info',
    PORT: String(apiPort),
    PUBLIC_URL: `http://127.0.0.1:${apiPort}`,
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_MAX: String(poolMax),
    IDENTITY_ISSUER: issuer.identity.issuer,
    IDENTITY_AUDIENCE: issuer.identity.audience,
    MUX_TOKEN_ID: muxLogin.tokenId,
    MUX_TOKEN_SECRET: muxLogin.tokenSecret,
    MUX_BASE_URL: muxUrl,
    MUX_STREAM_URL: muxUrl,
    MUX_IMAGE_URL: muxUrl,
    MUX_UPLOAD_ORIGINS: muxUrl,
    MUX_WEBHOOK_SECRETS: webhookSecret,
    MUX_SIGNING_KEY_ID: key.id,
    MUX_SIGNING_PRIVATE_KEY: key.private_key ?? '',
    KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    RECONCILE_ORPHANS: 'delete',
    // All coaches come from one address here.
    RATE_LIMITS: '*=off',
    ADDRESS_HASH_KEY: randomBytes(24).toString('hex'),
    SHARE_PROOF_KEY: randomBytes(32).toString('base64'),
    AUDIT_SIGNING_KEY: generateKeyPairSync('ed25519')
      .privateKey.export({ format: 'der', type: 'pkcs8' })
      .toString('base64'),
    AUDIT_CHECKPOINT_DIR: join(folder, 'audit'),
    AUDIT_CHECKPOINT_SECONDS: '1',
  };
}
