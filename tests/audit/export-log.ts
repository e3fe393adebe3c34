import { createHash } from 'node:crypto';
import { batchLine, endLine, entryLine, type Signer, signNote, timeAt } from '@mm/audit-verify/genuine-log';
import type { ClientBase } from 'pg';
import { only } from '../src/arrange.ts';

type Queries = Pick<ClientBase, 'query'>;

/** Signs the log as it stands, keeps the checkpoint in the database and answers it, as the worker does. */
export async function signLog(client: Queries, signer: Signer): Promise<string> {
  const { size, entries, root } = only(
    await client.query<{ size: string; entries: string; root: Buffer }>(
      'select size, entries, root from audit.next_checkpoint()',
    ),
  );
  const time = timeAt(Date.now());
  const note = signNote(
    `${signer.origin}\n${size}\n${root.toString('base64')}\nentries ${entries}\ntime ${time}\n`,
    signer,
  );
  await client.query('select audit.add_checkpoint($1, $2, $3, $4, $5, $6, $7)', [
    size,
    entries,
    root,
    note,
    signer.keyId,
    signer.verifierKey,
    time,
  ]);
  return note;
}

type BatchRow = { no: string; size: number; entries: string; root: Buffer; previous: Buffer; sealed_at: string };
type LeafRow = { batch_no: string; leaf_index: number; hash: string; text: string | null };

/** The whole log as the tables hold it, up to the newest checkpoint that stands there. Believes whatever it reads. */
export async function exportLog(client: Queries): Promise<Buffer> {
  const checkpoint = only(
    await client.query<{ size: string; note: string }>('select size, note from audit.newest_checkpoint()'),
  );
  const keys = await client.query<{ verifier_key: string }>('select verifier_key from audit.verifier_keys()');
  const batches = await client.query<BatchRow>(
    `select no, size, entries, root, previous, audit.time_text(sealed_at) as sealed_at
     from audit.batches where no < $1 order by no`,
    [checkpoint.size],
  );
  const leaves = await client.query<LeafRow>(
    `select l.batch_no, l.leaf_index, encode(l.hash, 'hex') as hash, case when e.id is not null then audit.entry_text(e) end as text
     from audit.leaves l left join audit.entries e on e.id = l.entry_id and e.occurred_at = l.occurred_at
     where l.batch_no < $1 order by l.batch_no, l.leaf_index`,
    [checkpoint.size],
  );
  const lines = [
    JSON.stringify({
      type: 'header',
      format: 'motion-mavericks/audit-export/1',
      kind: 'whole',
      filter: {},
      exported_at: timeAt(Date.now()),
      exported_by: 'user_grace',
      keys: keys.rows.map((row) => row.verifier_key),
      checkpoint: checkpoint.note,
    }),
  ];
  const counts = { batches: batches.rows.length, entries: 0, removed: 0 };
  const leavesOf = Map.groupBy(leaves.rows, (row) => row.batch_no);
  const lastWithout = batches.rows.findLastIndex(({ no, size }) => (leavesOf.get(no)?.length ?? 0) < size);
  batches.rows.forEach((row, place) => {
    const { no, size, entries, root, previous, sealed_at } = row;
    lines.push(batchLine({ no: Number(no), size, entries: Number(entries), root, previous, sealedAt: sealed_at }));
    if (place <= lastWithout) {
      counts.removed += size;
      lines.push(JSON.stringify({ type: 'removed', batch: Number(no), from: 0, to: size - 1 }));
      return;
    }
    for (const { leaf_index, hash, text } of leavesOf.get(no) ?? []) {
      if (text === null)
        lines.push(JSON.stringify({ type: 'removed', batch: Number(no), index: leaf_index, leaf: hash }));
      else lines.push(entryLine(Number(no), leaf_index, text, undefined, Buffer.from(hash, 'hex')));
      counts[text === null ? 'removed' : 'entries'] += 1;
    }
  });
  const body = lines.map((line) => `${line}\n`).join('');
  return Buffer.from(`${body}${endLine(counts, createHash('sha256').update(body).digest('hex'))}\n`);
}
