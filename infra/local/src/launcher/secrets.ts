import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, replaceJson } from '../storage/durable-file.ts';

/** How each secret of a development stack is made. None of them is in the repository; each data folder has its own. */
const recipes = {
  postgresPassword: () => random(),
  authenticatorPassword: () => random(),
  servicePassword: () => random(),
  muxTokenId: () => randomUUID(),
  muxTokenSecret: () => random(48),
  muxWebhookSecret: () => random(),
  keyEncryptionKey: () => randomBytes(32).toString('base64'),
  addressHashKey: () => random(32),
  shareProofKey: () => randomBytes(32).toString('base64'),
  auditSigningKey: () =>
    generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  resendApiKey: () => `re_${random(18)}`,
  clerkSecretKey: () => `sk_test_${random(30)}`,
} satisfies Record<string, () => string>;

export type Secrets = Record<keyof typeof recipes, string>;

function random(bytes = 24): string {
  return randomBytes(bytes).toString('base64url');
}

/**
 * Reads `secrets/stack.json` (0600), making what is missing: a data folder of an earlier version gets the secrets it does
 * not have yet and keeps those it has.
 */
export function loadSecrets(secretsFolder: string): Secrets {
  const path = join(secretsFolder, 'stack.json');
  const parsed = z.record(z.string(), z.string().min(8)).safeParse(readJson(path) ?? {});
  if (!parsed.success) throw new Error(`${path} does not hold the stack's secrets. "reset" makes a new data folder.`);
  const stored = parsed.data;
  const secrets = Object.fromEntries(
    Object.entries(recipes).map(([name, make]) => [name, stored[name] ?? make()]),
  ) as Secrets;
  if (Object.keys(recipes).some((name) => stored[name] === undefined)) replaceJson(path, { ...stored, ...secrets });
  return secrets;
}
