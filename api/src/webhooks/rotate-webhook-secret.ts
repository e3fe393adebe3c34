import type { KeyObject } from 'node:crypto';
import type { Database } from '../db/database.ts';
import type { RotationStep } from '../keys/rotation-step.ts';
import type { ProviderName } from './delivery.ts';
import { fingerprint, sealSecret } from './sealed-secret.ts';
import { type StoredSecret, secretsInUse } from './webhook-secrets.ts';

const adoptStatement = { name: 'adopt_webhook_secrets', text: 'select app.adopt_webhook_secrets($1, $2, $3)' };
const addStatement = { name: 'add_webhook_secret', text: 'select app.add_webhook_secret($1, $2, $3)' };
const switchStatement = { name: 'switch_webhook_secret', text: 'select app.switch_webhook_secret($1)' };
const deleteStatement = { name: 'delete_webhook_secret', text: 'select app.delete_webhook_secret($1, $2)' };

export interface SecretRotationDoors {
  readonly database: Pick<Database, 'query'>;
  readonly encryptionKey: KeyObject;
  readonly provider: ProviderName;
  /** The secrets of the configuration, the newest first; they count until the first rotation. */
  readonly configured: readonly Buffer[];
}

export interface SecretRotation {
  /** What the provider showed, decoded; left out to go on with a rotation. */
  readonly secret?: Buffer | undefined;
  /** The old secret is known to somebody else: it is deleted as soon as the new one is in use. */
  readonly hasLeaked?: boolean | undefined;
}

/** Whether a rotation of this provider's secret is under way, so that it goes on without a new secret. */
export async function isSecretRotating(database: Pick<Database, 'query'>, provider: ProviderName): Promise<boolean> {
  const stored = await secretsInUse(database);
  return stored.some((secret) => secret.provider === provider && secret.state !== 'active');
}

async function adopt({ database, encryptionKey, provider, configured }: SecretRotationDoors): Promise<RotationStep> {
  const ids = configured.map((secret) => fingerprint(provider, secret, encryptionKey));
  const sealed = configured.map((secret, index) => sealSecret(provider, ids[index] ?? '', secret, encryptionKey));
  await database.query(adoptStatement, [provider, ids, sealed]);
  return { step: 'adopted', keyId: ids[0] ?? '' };
}

/** The step that old secrets are at: deleted, or waiting until the provider has not used them for a day. */
async function drain(
  database: Pick<Database, 'query'>,
  old: readonly StoredSecret[],
  hasLeaked: boolean,
): Promise<RotationStep | undefined> {
  const now = new Date();
  const due = old.find(({ drained_at: at }) => hasLeaked || (at !== null && at <= now));
  if (due !== undefined) {
    await database.query(deleteStatement, [due.id, hasLeaked]);
    return { step: 'deleted', keyId: due.id };
  }
  const next = old[0];
  return next && { step: 'waits', keyId: next.id, until: (next.drained_at ?? now).toISOString() };
}

/**
 * Takes the next step of a rotation of a webhook secret (UP-11): write down the configured ones, once; accept the new one beside them; call
 * it the active one when a delivery signed with it has come; delete the old one when none has come for a day. What was done stands in the
 * database, so a rotation that was killed goes on.
 * @returns undefined when nothing is under way and no new secret was given
 * @throws what the database refused; nothing is lost, the next call takes the same step.
 */
export async function takeSecretStep(
  doors: SecretRotationDoors,
  { secret, hasLeaked = false }: SecretRotation,
): Promise<RotationStep | undefined> {
  const { database, encryptionKey, provider } = doors;
  const stored = (await secretsInUse(database)).filter((each) => each.provider === provider);
  if (stored.length === 0) {
    return adopt(doors);
  }
  const id = secret && fingerprint(provider, secret, encryptionKey);
  if (secret !== undefined && id !== undefined && !stored.some((each) => each.id === id)) {
    await database.query(addStatement, [provider, id, sealSecret(provider, id, secret, encryptionKey)]);
    return { step: 'created', keyId: id };
  }
  const fresh = stored.find(({ state }) => state === 'pending');
  if (fresh === undefined) {
    return drain(
      database,
      stored.filter(({ state }) => state === 'draining'),
      hasLeaked,
    );
  }
  if (fresh.last_seen_at === null) {
    return { step: 'unused', keyId: fresh.id };
  }
  await database.query(switchStatement, [fresh.id]);
  return { step: 'switched', keyId: fresh.id };
}
