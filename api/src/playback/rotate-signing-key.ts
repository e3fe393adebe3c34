import { createPrivateKey, type KeyObject } from 'node:crypto';
import type Mux from '@mux/mux-node';
import { NotFoundError } from '@mux/mux-node';
import { crashPoint } from '../crash-point.ts';
import type { Database } from '../db/database.ts';
import type { RotationStep } from '../keys/rotation-step.ts';
import { sealKey } from './sealed-key.ts';
import { keysInUse, type StoredKey } from './signing-keys.ts';
import type { SigningKey } from './token-signer.ts';

const addStatement = { name: 'add_signing_key', text: 'select app.add_signing_key($1, $2, $3)' };
const switchStatement = { name: 'switch_signing_key', text: 'select app.switch_signing_key($1)' };
const deleteStatement = { name: 'delete_signing_key', text: 'select app.delete_signing_key($1)' };

export interface RotationDoors {
  readonly database: Pick<Database, 'query'>;
  readonly mux: Mux;
  readonly encryptionKey: KeyObject;
  /** The key of the configuration, which signs until the first rotation. */
  readonly configured: SigningKey;
}

async function create({ database, mux, encryptionKey }: RotationDoors): Promise<RotationStep> {
  const made = await mux.system.signingKeys.create();
  crashPoint('rotation.made');
  if (made.private_key === undefined) {
    throw new Error('Mux made a signing key without its private half.');
  }
  const privateKey = createPrivateKey(Buffer.from(made.private_key, 'base64'));
  try {
    await database.query(addStatement, [made.id, sealKey(privateKey, made.id, encryptionKey), false]);
  } catch (error) {
    // Nobody has its private half any more.
    await mux.system.signingKeys.delete(made.id);
    throw error;
  }
  crashPoint('rotation.stored');
  return { step: 'created', keyId: made.id };
}

async function remove({ database, mux }: RotationDoors, old: StoredKey): Promise<RotationStep> {
  if (old.drained_at !== null && old.drained_at > new Date()) {
    return { step: 'waits', keyId: old.id, until: old.drained_at.toISOString() };
  }
  try {
    await mux.system.signingKeys.delete(old.id);
  } catch (error) {
    // Deleted by an attempt that was killed before it wrote so down.
    if (!(error instanceof NotFoundError)) {
      throw error;
    }
  }
  crashPoint('rotation.deleted');
  await database.query(deleteStatement, [old.id]);
  return { step: 'deleted', keyId: old.id };
}

/**
 * Takes the next step of a rotation of the signing key (SH-17): write down the configured key, once; create one at Mux; switch to it;
 * delete the old one once no token of it can be out. What was done stands in the database, so a rotation that was killed goes on.
 * @throws what Mux or the database refused; nothing is lost, the next call takes the same step.
 */
export async function takeRotationStep(doors: RotationDoors): Promise<RotationStep> {
  const { database, mux, encryptionKey, configured } = doors;
  const keys = await keysInUse(database);
  const old = keys.find(({ state }) => state === 'draining');
  if (old !== undefined) {
    return remove(doors, old);
  }
  if (!keys.some(({ state }) => state === 'active')) {
    await database.query(addStatement, [
      configured.id,
      sealKey(configured.privateKey, configured.id, encryptionKey),
      true,
    ]);
    return { step: 'adopted', keyId: configured.id };
  }
  const created = keys.find(({ state }) => state === 'created');
  if (created === undefined) {
    return create(doors);
  }
  // Throws when Mux no longer knows it: tokens of it would open nothing.
  await mux.system.signingKeys.retrieve(created.id);
  await database.query(switchStatement, [created.id]);
  crashPoint('rotation.switched');
  return { step: 'switched', keyId: created.id };
}
