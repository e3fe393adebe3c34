import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabase } from '@mm/tests';
import { verifierKeyOf } from '../src/audit/signed-note.ts';
import { openDatabase } from '../src/db/database.ts';
import { CheckpointSigner } from '../src/jobs/sign-audit-checkpoint.ts';

const origin = 'videos.example.com/audit';
const { privateKey: key } = generateKeyPairSync('ed25519');

/** The key that signs the logs of tests. */
export const verifierKey = verifierKeyOf(origin, key).text;

/**
 * Writes so many entries of a transaction that has long ended, so that nothing that runs beside the test holds sealing up, and seals
 * them, so many in a batch. Every second one belongs to the coach Amelia, every third was done by the admin Priya.
 */
export async function sealEntries(
  database: TestDatabase,
  count: number,
  batch: number,
  reason = 'Sample',
): Promise<void> {
  await database.admin.query(
    `insert into audit.entries (xid, actor_subject, actor_role, door, action, object_type, object_id, owner_id, reason, after)
     select '3', case when n % 3 = 0 then 'user_priya_nair' end, 'mm_admin', 'rest',
            case when n % 5 = 0 then 'share_token.revoked' else 'video.updated' end, 'video', n::text,
            case when n % 2 = 0 then (select id from app.profiles where subject = 'user_amelia_hart') end, $2,
            jsonb_build_object('n', n, 'text', E'"quoted"\\\\ \\n', 'exact', 12345678901234567890.10::numeric)
     from generate_series(1, $1) n`,
    [count, reason],
  );
  // As autovacuum would: sealing looks for what is not sealed, and with no statistics it looks far too long.
  await database.admin.query('analyze audit.entries, audit.leaves');
  for (let sealed = 0; sealed < count; sealed += batch) {
    await database.service.query('select audit.seal_entries($1)', [Math.min(batch, count - sealed)]);
  }
}

/** Signs the log as it stands, and answers its size. */
export async function signLog(database: TestDatabase): Promise<number | undefined> {
  const checkpointDir = await mkdtemp(join(tmpdir(), 'audit-'));
  const service = openDatabase({
    url: database.serviceUrl,
    poolMax: 1,
    applicationName: 'mm-worker',
    onConnectionError: () => undefined,
  });
  try {
    return await new CheckpointSigner(service, { key, origin, checkpointDir, pastKeys: [], everySeconds: 60 }).run();
  } finally {
    await service.close();
    await rm(checkpointDir, { recursive: true, force: true });
  }
}
