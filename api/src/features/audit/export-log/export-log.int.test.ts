import { verifyConsistency, verifyExport } from '@mm/audit-verify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IntegrationApp, type PersonName, startIntegrationApp } from '../../../../test/integration-app.ts';
import { sealEntries, signLog, verifierKey } from '../../../../test/signed-log.ts';

let subject: IntegrationApp;
beforeAll(async () => {
  subject = await startIntegrationApp();
});
afterAll(() => subject.close());

async function ask(person: PersonName, query = '') {
  const response = await fetch(`${subject.origin}/api/audit/export${query}`, {
    headers: await subject.authorization(person),
  });
  // Not response.text(), which would drop the mark of UTF-8.
  const text = Buffer.from(await response.arrayBuffer()).toString();
  return { status: response.status, headers: response.headers, text };
}

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const verify = (text: string) => verifyExport([Buffer.from(text)], { keys: [verifierKey] });

const exportsOf = async (subjectOfToken: string) => {
  const { rows } = await subject.database.admin.query(
    `select actor_role, door, object_id, owner_id is not null as has_owner, after from audit.entries
     where action = 'audit_log.exported' and actor_subject = $1 order by id`,
    [subjectOfToken],
  );
  return rows;
};

describe('before the log is signed', () => {
  it('there is no export, no checkpoint and no key', async () => {
    await sealEntries(subject.database, 30, 4);
    expect((await ask('priya')).status).toBe(404);
    for (const path of ['audit-checkpoint', 'audit-keys']) {
      const response = await fetch(`${subject.origin}/.well-known/${path}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: 'audit.not_signed' });
    }
    expect(await exportsOf('user_priya_nair')).toEqual([]);
  });
});

describe('an export', () => {
  beforeAll(async () => {
    await signLog(subject.database);
  });

  it.each(['priya', 'helen', 'grace'] as const)(
    'of all, for %s, is proved complete by the verifier',
    async (person) => {
      const { status, headers, text } = await ask(person);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
      expect(headers.get('content-disposition')).toMatch(/^attachment; filename="audit-log-\d{8}T\d{6}Z\.jsonl"$/);
      expect(verify(text)).toMatchObject({ ok: true, trusted: true });
      const lines = linesOf(text);
      expect(lines[0]).toMatchObject({ kind: 'whole', filter: {}, keys: [verifierKey] });
      expect(lines.filter((line) => line.type === 'entry').map((line) => line.entry.object_id)).toEqual(
        Array.from({ length: 30 }, (_, i) => String(i + 1)),
      );
      expect(lines.at(-1)).toMatchObject({ type: 'end', batches: 8, entries: 30, removed: 0 });
      // Digits as they were given, which JSON.parse would lose.
      expect(text).toContain('"exact": 12345678901234567890.10');
    },
  );

  it('with a filter is a selection, and proves every entry', async () => {
    const { text } = await ask('grace', '?actor=user_priya_nair&action=video.updated&object_type=video');
    expect(verify(text)).toMatchObject({ ok: true, trusted: true });
    const lines = linesOf(text);
    expect(lines[0]).toMatchObject({
      kind: 'selection',
      filter: { actor: 'user_priya_nair', action: 'video.updated', object_type: 'video' },
    });
    expect(lines.filter((line) => line.type === 'entry').map((line) => Number(line.entry.object_id))).toEqual([
      3, 6, 9, 12, 18, 21, 24, 27,
    ]);
  });

  it('by object and time is one of these', async () => {
    const { text } = await ask('grace', `?object_id=7&from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00%2B11:00`);
    expect(verify(text)).toMatchObject({ ok: true, trusted: true });
    expect(linesOf(text).filter((line) => line.type === 'entry')).toHaveLength(1);
    expect(linesOf((await ask('grace', '?to=2020-01-01T00:00:00Z')).text)).toMatchObject([
      { type: 'header' },
      { type: 'end', batches: 0, entries: 0, removed: 0 },
    ]);
  });

  it('of a coach is a selection of their own entries, and no other', async () => {
    const { text } = await ask('amelia');
    expect(verify(text)).toMatchObject({ ok: true, trusted: true });
    const lines = linesOf(text);
    expect(lines[0]).toMatchObject({ kind: 'selection', exported_by: 'user_amelia_hart' });
    expect(lines.filter((line) => line.type === 'entry').map((line) => Number(line.entry.object_id))).toEqual(
      Array.from({ length: 15 }, (_, i) => 2 * i + 2),
    );
    expect(linesOf((await ask('ben')).text).filter((line) => line.type === 'entry')).toEqual([]);
  });

  it('is refused to an operator, and leaves no entry then', async () => {
    const { status, text } = await ask('tomas');
    expect(status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({ code: 'auth.forbidden' });
    expect(await exportsOf('user_tomas_reid')).toEqual([]);
  });

  it('is an entry of the log', async () => {
    const before = await exportsOf('user_helen_castellano');
    await ask('helen', '?format=csv&object_id=7');
    const after = await exportsOf('user_helen_castellano');
    expect(after.slice(before.length)).toEqual([
      {
        actor_role: 'mm_compliance',
        door: 'api',
        object_id: '8',
        has_owner: false,
        after: { format: 'csv', kind: 'selection', filter: { object_id: '7' }, checkpoint: 8 },
      },
    ]);
  });

  it('as CSV is a table with a row for each entry', async () => {
    const { headers, text } = await ask('priya', '?format=csv&object_type=video');
    expect(headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    const rows = text.split('\r\n');
    expect(rows[0]).toMatch(/^\ufeffbatch_no,leaf_index,id,occurred_at,actor_subject,/);
    expect(rows).toHaveLength(32);
    expect(rows[7]).toContain('video.updated,video,7,');
  });

  it('goes up to the newest checkpoint; what is sealed later comes with the next', async () => {
    await sealEntries(subject.database, 3, 3);
    expect(linesOf((await ask('priya')).text).at(-1)).toMatchObject({ batches: 8 });
    const older = await (await fetch(`${subject.origin}/.well-known/audit-checkpoint`)).text();
    await signLog(subject.database);
    const { text } = await ask('priya');
    expect(verify(text)).toMatchObject({ ok: true, trusted: true });
    expect(linesOf(text).at(-1)).toMatchObject({ batches: 9 });

    const newer = await (await fetch(`${subject.origin}/.well-known/audit-checkpoint`)).text();
    const proof = await (await fetch(`${subject.origin}/api/audit/consistency?from=8&to=9`)).text();
    const keys = (await (await fetch(`${subject.origin}/.well-known/audit-keys`)).text()).trimEnd().split('\n');
    const held = (note: string) => ({ name: 'saved', note });
    expect(verifyConsistency(held(older), held(newer), proof, keys)).toMatchObject({ ok: true });
    const beyond = await fetch(`${subject.origin}/api/audit/consistency?from=8&to=10`);
    expect(beyond.status).toBe(422);
    expect(await beyond.json()).toMatchObject({ errors: [{ pointer: '#/querystring/to' }] });
  });
});
