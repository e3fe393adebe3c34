import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrangeShare, arrangeVideo, decide, only, profileOf, sha256 } from '../src/arrange.ts';
import { claimsOf, createTestDatabase, personas, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';
import { act, approveErasure, eraseCompletely, helen, placeHold, tablesOf } from './carry-out.ts';

/** What stands in everything that Amelia wrote, or somebody about her. */
const mark = `mark${randomBytes(6).toString('hex')}`;

let database: TestDatabase;
let amelia: string;
let requestId: string;
let bensRows: string;

const ofBen = async (): Promise<string> => {
  const { rows } = await database.admin.query(
    `select to_jsonb(p) as p, (select jsonb_agg(to_jsonb(v) order by v.id) from app.videos v where v.coach_id = p.id) as v,
            (select jsonb_agg(to_jsonb(t) order by t.id) from app.share_tokens t where t.coach_id = p.id) as t,
            (select jsonb_agg(to_jsonb(s) order by s.id) from authz.sessions s where s.profile_id = p.id) as s,
            (select count(*) from audit.disclosures d where d.owner_id = p.id and d.field <> 'value') as d
     from app.profiles p where p.subject = $1`,
    [personas.ben.subject],
  );
  return JSON.stringify(rows);
};

/** Tables, of all schemas, with a row in which the text stands; the reasons of sealed entries aside, which go with their month. */
async function tablesWith(text: string): Promise<string[]> {
  const found: string[] = [];
  for (const table of await tablesOf(database)) {
    const kept = table.startsWith('app_months.entries_') ? 'reason' : '';
    const { rows } = await database.admin.query(
      `select from ${table} t where strpos(lower((to_jsonb(t) - '${kept}')::text), lower($1)) > 0 limit 1`,
      [text],
    );
    if (rows.length > 0) found.push(table);
  }
  return found;
}

const seal = () => database.service.query('select * from audit.seal_entries(100000)');

async function unsealedEntries(): Promise<number> {
  await seal();
  const { rows } = await database.admin.query<{ id: string }>(
    'select e.id from audit.entries e where not exists (select from audit.leaves l where l.entry_id = e.id)',
  );
  return rows.length;
}

beforeAll(async () => {
  database = await createTestDatabase();
  await act(
    database,
    claimsOf('amelia', { name: `Amelia ${mark}`, email: `${mark}@example.com` }),
    'select * from api.sign_in()',
  );
  await act(database, 'ben', 'select * from api.sign_in()');
  amelia = await profileOf(database, personas.amelia.subject);

  const video = await arrangeVideo(database, 'amelia', `Squat ${mark}`);
  await database.asUser(
    'amelia',
    async (client) => {
      await client.query('update api.videos set description = $2 where id = $1', [video.videoId, `Notes ${mark}`]);
      await client.query('update api.videos set title = $2 where id = $1', [video.videoId, `Deadlift ${mark}`]);
    },
    { keep: true },
  );
  await act(database, 'amelia', `select * from api.request_upload($1, $2, $3, 1000, 'video/mp4')`, [
    `Cancelled ${mark}`,
    `Never sent ${mark}`,
    `${mark}.mp4`,
  ]);
  const live = await arrangeShare(database, 'amelia', video.videoId);
  await act(database, 'amelia', 'select * from api.create_share_token($1, null, $2)', [video.videoId, `For ${mark}`]);
  await decide(database, live.publicId, live.secret);
  const hold = await placeHold(database, 'amelia', `Court order ${mark}`);
  await act(database, helen(), 'select * from api.lift_hold($1, $2)', [hold, 'Case closed']);

  const bens = await arrangeVideo(database, 'ben');
  const bensLink = await arrangeShare(database, 'ben', bens.videoId);
  // She is named on a link of somebody else's: the log has her address as his.
  await database.admin.query(
    `insert into app.share_recipients (share_token_id, coach_id, kind, value)
     select t.id, t.coach_id, 'email', $2 from app.share_tokens t where t.id = $1`,
    [bensLink.id, `${mark}@example.com`],
  );
  await seal();
  requestId = await approveErasure(database, 'amelia', `I am leaving, says ${mark}`);
  bensRows = await ofBen();
});
afterAll(() => database?.close());

describe('the erasure of a coach with videos, uploads, links, decisions, sessions and entries of the log', () => {
  let before: string[];
  beforeAll(async () => {
    before = await tablesWith(mark);
    await eraseCompletely(database, requestId);
  });

  test('leaves no name, address, title, label, file name or reason of theirs in any table', async () => {
    expect(before.filter((table) => !table.startsWith('app_months.'))).toEqual([
      'app.erasure_requests',
      'app.legal_holds',
      'app.profiles',
      'app.share_recipients',
      'app.share_tokens',
      'app.upload_jobs',
      'app.videos',
    ]);
    expect(before.some((table) => table.startsWith('app_months.disclosures_'))).toBe(true);
    expect(await tablesWith(mark)).toEqual([]);
  });

  test('leaves their id at the identity provider in the sealed entries only', async () => {
    const found = await tablesWith(personas.amelia.subject);
    expect(found.filter((table) => !table.startsWith('app_months.entries_'))).toEqual([]);
  });

  test('leaves nobody else a row less or another', async () => {
    expect(await ofBen()).toBe(bensRows);
  });

  test('stops every link and every session, and deletes every video', async () => {
    const { rows } = await database.admin.query(
      `select (select count(*)::int from app.share_tokens t where t.coach_id = $1 and t.revoked_at is null) as links,
              (select count(*)::int from authz.sessions s where s.profile_id = $1) as sessions,
              (select array_agg(distinct v.status) from app.videos v where v.coach_id = $1) as videos,
              (select array_agg(distinct a.status) from app.mux_assets a join app.videos v on v.id = a.video_id where v.coach_id = $1) as assets,
              (select array_agg(distinct j.state order by j.state) from app.upload_jobs j where j.coach_id = $1) as uploads`,
      [amelia],
    );
    expect(rows).toEqual([
      { links: 0, sessions: 0, videos: ['deleted'], assets: ['deleted'], uploads: ['cancelled', 'ready'] },
    ]);
  });

  test('shuts the account out for good, also when the identity provider still knows it', async () => {
    for (const sid of ['sess_amelia', 'another session']) {
      const signIn = act(database, claimsOf('amelia', { sid }), 'select * from api.sign_in()');
      expect(await refusalOf(signIn)).toMatchObject({ status: 403, code: 'auth.erased' });
    }
    const ben = await act(database, 'ben', 'select * from api.sign_in()');
    expect(ben.subject).toBe(personas.ben.subject);
    const stranger = { ...claimsOf('ben'), sub: 'user_stranger', sid: 'sess_stranger' };
    expect((await act(database, stranger, 'select * from api.sign_in()')).subject).toBe('user_stranger');
  });

  test('leaves the audit log whole: every batch of it verifies', async () => {
    // What other databases of the cluster are doing keeps the newest entries waiting.
    await expect.poll(unsealedEntries, { timeout: 20_000 }).toBe(0);
    const batches = await database.admin.query<{ last: string }>('select max(no) as last from audit.batches');
    expect(Number(batches.rows[0]?.last)).toBeGreaterThan(0);
    const { rows } = await database.admin.query(
      'select * from audit.verify_batches(0, (select max(b.no) from audit.batches b))',
    );
    expect(rows).toEqual([]);
  });

  test('is told by the log: started, completed, and how many values went', async () => {
    const { rows } = await database.admin.query<{ action: string; values: string | null }>(
      `select action, after ->> 'values' as values from audit.entries
       where object_id in ($1, $2) and action in ('erasure_request.started', 'erasure_request.completed', 'audit_log.erased')
       order by id`,
      [requestId, amelia],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'erasure_request.started',
      'audit_log.erased',
      'erasure_request.completed',
    ]);
    expect(Number(rows[1]?.values)).toBeGreaterThan(10);
  });

  test('ends in a receipt that names nobody, and that its hash proves', async () => {
    const { rows } = await database.asUser('grace', (client) =>
      client.query<{ body: string; sha256: string }>(
        'select body, sha256 from api.erasure_receipts where request_id = $1',
        [requestId],
      ),
    );
    const receipt = only({ rows });
    expect(receipt.sha256).toBe(sha256(receipt.body).toString('hex'));
    for (const value of [mark, personas.amelia.subject, personas.amelia.name, 'Squat', 'I am leaving']) {
      expect(receipt.body).not.toContain(value);
    }
    const body = JSON.parse(receipt.body);
    expect(body).toMatchObject({ request: requestId, subject: amelia, is_overdue: false });
    expect(body.steps.map(({ system }: { system: string }) => system)).toEqual(
      expect.arrayContaining(['postgres', 'mux', 'clerk', 'resend', 'audit']),
    );
    const kept = await database.admin.query<{ id: string }>(
      `select id from api.data_catalogue where erasure in ('keep', 'expire') order by id`,
    );
    expect(body.kept.map(({ target }: { target: string }) => target).sort()).toEqual(kept.rows.map(({ id }) => id));
    expect(body.kept).toContainEqual({
      target: 'audit.entries.reason',
      action: 'expire',
      evidence: { rows: expect.any(Number), keep_days: 365, why: expect.any(String) },
    });
  });
});
