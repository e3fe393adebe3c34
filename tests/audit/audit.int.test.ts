import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrangeShare, arrangeUpload, arrangeVideo, assetOf, only, profileOf, type Upload } from '../src/arrange.ts';
import { claimsOf, createTestDatabase, personas, type TestDatabase, type TestPostgrest } from '../src/index.ts';
import { rest } from '../src/rest.ts';

let database: TestDatabase;
let postgrest: TestPostgrest;
let video: Upload;
beforeAll(async () => {
  database = await createTestDatabase();
  postgrest = await database.startPostgrest();
  video = await arrangeVideo(database, 'amelia');
});
afterAll(() => database?.close());

/** What stands in an entry for a personal value. */
const commitment = { commitment: expect.stringMatching(/^[0-9a-f]{64}$/) };

type Entry = {
  id: string;
  actor_subject: string | null;
  actor_profile_id: string | null;
  actor_role: string;
  acting_as: unknown;
  door: string;
  request_id: string | null;
  action: string;
  object_type: string;
  owner_id: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  reason: string | null;
};

async function entriesOf(objectId: string, action?: string): Promise<Entry[]> {
  const { rows } = await database.admin.query<Entry>(
    'select * from audit.entries where object_id = $1 and ($2::text is null or action = $2) order by id',
    [objectId, action ?? null],
  );
  return rows;
}

describe('who did what, through which door and why', () => {
  test('the same revocation tells the same through SQL and through PostgREST, but for the door (SH-09)', async () => {
    const bySql = await arrangeShare(database, 'amelia', video.videoId);
    const byRest = await arrangeShare(database, 'amelia', video.videoId);
    await database.asUser(
      'priya',
      (client) => client.query('select api.revoke_share_token($1, $2)', [bySql.id, 'Asked by the coach']),
      {
        keep: true,
        headers: { 'x-request-id': 'request-sql' },
      },
    );
    await rest(postgrest, 'priya', '/rpc/revoke_share_token', {
      method: 'POST',
      body: { id: byRest.id, reason: 'Asked by the coach' },
      headers: { 'x-request-id': 'request-rest' },
    });
    const priya = await profileOf(database, personas.priya.subject);
    const amelia = await profileOf(database, personas.amelia.subject);
    const common = {
      actor_subject: personas.priya.subject,
      actor_profile_id: priya,
      actor_role: 'mm_admin',
      acting_as: null,
      action: 'share_token.revoked',
      object_type: 'share_token',
      owner_id: amelia,
      before: { revoked_at: null, revoked_by: null, revoke_reason: null },
      after: { revoked_at: expect.any(String), revoked_by: priya, revoke_reason: commitment },
      reason: 'Asked by the coach',
    };
    expect(await entriesOf(bySql.id, 'share_token.revoked')).toMatchObject([
      { ...common, door: 'api', request_id: 'request-sql' },
    ]);
    expect(await entriesOf(byRest.id, 'share_token.revoked')).toMatchObject([
      { ...common, door: 'rest', request_id: 'request-rest' },
    ]);
  });

  test('making a link is an entry with what was made, without its secret', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    const [entry, ...more] = await entriesOf(share.id);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      action: 'share_token.created',
      actor_subject: personas.amelia.subject,
      before: null,
      after: { id: share.id, public_id: share.publicId, video_id: video.videoId },
    });
    expect(Object.keys(entry?.after ?? {})).not.toContain('secret_hash');
  });

  test('an update tells only the columns that changed, before and after', async () => {
    await database.asUser(
      'amelia',
      (client) => client.query(`update api.videos set title = 'Deep squat' where id = $1`, [video.videoId]),
      {
        keep: true,
      },
    );
    expect((await entriesOf(video.videoId, 'video.updated')).at(-1)).toMatchObject({
      before: { title: commitment },
      after: { title: commitment },
    });
  });

  test('one statement that changes many rows is one entry for each; an update that changes nothing is none', async () => {
    const shares = [
      await arrangeShare(database, 'amelia', video.videoId),
      await arrangeShare(database, 'amelia', video.videoId),
    ];
    const ids = shares.map((share) => share.id);
    const label = () =>
      database.asUser(
        'priya',
        (client) => client.query(`update api.share_tokens set label = 'Team' where id = any ($1)`, [ids]),
        {
          keep: true,
        },
      );
    await label();
    await label();
    for (const id of ids) expect(await entriesOf(id, 'share_token.updated')).toHaveLength(1);
  });

  test('a plan made for one row is not a nested loop that a statement of many rows would inherit', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    const client = await database.admin.connect();
    const plans: string[] = [];
    client.on('notice', ({ message }) => plans.push(message ?? ''));
    try {
      await client.query(`load 'auto_explain'`);
      await client.query('begin');
      await client.query(`set local auto_explain.log_min_duration = 0`);
      await client.query(`set local auto_explain.log_nested_statements = on`);
      await client.query(`set local auto_explain.log_level = 'notice'`);
      await client.query(`update app.share_tokens set label = 'One' where id = $1`, [share.id]);
    } finally {
      await client.query('rollback');
      client.release(true);
    }
    expect(plans.filter((plan) => plan.includes('old_rows'))).toEqual([
      expect.stringMatching(/(Hash|Merge) Full Join.*Named Tuplestore Scan/s),
    ]);
  });

  test('a statement that changes more rows than are written at once leaves out none and tells none twice', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    const client = await database.admin.connect();
    try {
      await client.query('begin');
      const { rows: made } = await client.query<{ id: string }>(
        `insert into app.share_tokens (public_id, secret_hash, video_id, coach_id, created_by, label, expires_at)
         select lpad(n::text, 12, '0'), sha256(n::text::bytea), s.video_id, s.coach_id, s.created_by, 'Link ' || n, s.expires_at
         from app.share_tokens s, generate_series(1, 1001) n where s.id = $1 returning id`,
        [share.id],
      );
      const ids = made.map(({ id }) => id).sort();
      await client.query(`update app.share_tokens set label = label || ' again' where id = any ($1)`, [ids]);
      await client.query('delete from app.share_tokens where id = any ($1)', [ids]);
      for (const [action, side, label] of [
        ['share_token.created', 'after', ''],
        ['share_token.updated', 'before', ''],
        ['share_token.updated', 'after', ' again'],
        ['share_token.deleted', 'before', ' again'],
      ]) {
        const { rows } = await client.query<{ id: string; value: string; is_committed: boolean }>(
          `select e.object_id as id, d.value,
                  case d.side when 'before' then e.before else e.after end -> 'label' ->> 'commitment'
                    = encode(sha256(d.salt || convert_to(d.value, 'UTF8')), 'hex') as is_committed
           from audit.entries e join audit.disclosures d on d.entry_id = e.id and d.field = 'label' and d.side = $3
           where e.action = $2 and e.object_id = any ($1)`,
          [ids, action, side],
        );
        expect(rows.map(({ id }) => id).sort()).toEqual(ids);
        expect(new Set(rows.map(({ value }) => value))).toEqual(
          new Set(ids.map((_, n) => JSON.stringify(`Link ${n + 1}${label}`))),
        );
        expect(rows.every((row) => row.is_committed)).toBe(true);
      }
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  test('a deleted row leaves what it was', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    await database.admin.query('delete from app.share_tokens where id = $1', [share.id]);
    expect(await entriesOf(share.id, 'share_token.deleted')).toMatchObject([
      { before: { id: share.id, public_id: share.publicId }, after: null, actor_role: 'postgres', door: 'sql' },
    ]);
  });

  test('who impersonates somebody is told beside them', async () => {
    const claims = claimsOf('amelia', { act: { sub: 'user_support_agent' } });
    const share = await database.asUser(
      claims,
      async (client) =>
        only(await client.query<{ id: string }>('select id from api.create_share_token($1)', [video.videoId])),
      { keep: true },
    );
    expect(await entriesOf(share.id)).toMatchObject([
      { actor_subject: personas.amelia.subject, acting_as: { sub: 'user_support_agent' } },
    ]);
  });

  test('the worker acts as itself, and says which event made it', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    const worker = new pg.Client({ connectionString: database.serviceUrl, application_name: 'mm-worker' });
    await worker.connect();
    const eventId = randomUUID();
    const body = Buffer.from(
      JSON.stringify({ type: 'video.asset.ready', id: eventId, data: assetOf(upload, 'ready') }),
    );
    const event = only(
      await worker.query<{ id: string }>(
        `select id from app.receive_webhook('mux', $1, 'video.asset.ready', $2, $3, now(), false)`,
        [eventId, upload.assetId, body],
      ),
    );
    await worker.query('select app.fold_webhook_event($1)', [event.id]);
    await worker.end();
    expect((await entriesOf(upload.videoId, 'video.updated')).at(-1)).toMatchObject({
      actor_subject: null,
      actor_role: 'mm_service',
      door: 'worker',
      reason: `mux event ${eventId} (video.asset.ready)`,
      after: { status: 'ready' },
    });
  });

  test('a reason ends with the change it explains', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    await database.asUser(
      'amelia',
      async (client) => {
        await client.query('select api.revoke_share_token($1, $2)', [share.id, 'Only this']);
        await client.query(`update api.share_tokens set label = 'Afterwards' where id = $1`, [share.id]);
      },
      { keep: true },
    );
    expect(await entriesOf(share.id, 'share_token.updated')).toMatchObject([{ reason: null }]);
  });

  test('a change that is rolled back leaves no entry', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    await database.asUser('amelia', (client) =>
      client.query('select api.revoke_share_token($1, $2)', [share.id, 'Taken back']),
    );
    expect(await entriesOf(share.id, 'share_token.revoked')).toEqual([]);
  });

  test('a cancelled upload is called that', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    await database.asUser('amelia', (client) => client.query('select api.cancel_upload($1)', [upload.uploadJobId]), {
      keep: true,
    });
    expect(await entriesOf(upload.uploadJobId, 'upload_job.cancelled')).toMatchObject([
      { after: { state: 'cancelled' } },
    ]);
  });

  test('only an upload is called cancelled: its video, changed by the same act, is updated', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    await database.asUser('amelia', (client) => client.query('select api.cancel_upload($1)', [upload.uploadJobId]), {
      keep: true,
    });
    expect((await entriesOf(upload.videoId)).map((entry) => entry.action)).toEqual(['video.created', 'video.updated']);
  });
});

describe('what the log never holds', () => {
  test('no secret and no personal value is in any entry, whatever was done', async () => {
    const secrets: string[] = [];
    for (const who of ['amelia', 'ben'] as const) {
      await database.asUser(
        claimsOf(who, { name: `Renamed ${who}`, email: `renamed.${who}@example.com` }),
        (client) => client.query('select api.sign_in()'),
        { keep: true },
      );
      const upload = await arrangeVideo(database, who);
      const share = await arrangeShare(database, who, upload.videoId);
      secrets.push(share.secret);
      await database.asUser(
        who,
        (client) =>
          client.query(`update api.videos set description = 'My private notes' where id = $1`, [upload.videoId]),
        {
          keep: true,
        },
      );
    }
    const { rows } = await database.admin.query<{ text: string }>('select e::text as text from audit.entries e');
    const log = rows.map((row) => row.text).join('\n');
    const people = Object.values(personas).flatMap(({ name, email }) => [name, email]);
    for (const value of [
      ...secrets,
      ...people,
      'Renamed',
      'renamed.',
      'private notes',
      'Private notes',
      'squat.mp4',
      'secret_hash',
    ]) {
      expect(log).not.toContain(value);
    }
  });

  test('of a personal value that changed it holds two commitments, and not the values', async () => {
    await database.asUser(
      claimsOf('grace', { name: 'Grace Newname' }),
      (client) => client.query('select api.sign_in()'),
      {
        keep: true,
      },
    );
    const entry = (await entriesOf(await profileOf(database, personas.grace.subject), 'profile.updated')).at(-1);
    expect(entry).toMatchObject({
      before: { display_name: commitment },
      after: { display_name: commitment },
    });
  });

  test('being seen again is no change', async () => {
    const id = await profileOf(database, personas.tomas.subject);
    const before = (await entriesOf(id)).length;
    await database.admin.query(`update app.profiles set last_seen_at = now() - interval '1 day' where id = $1`, [id]);
    await database.asUser('tomas', (client) => client.query('select api.sign_in()'), { keep: true });
    expect(await entriesOf(id)).toHaveLength(before);
  });
});

describe('the log is append-only', () => {
  const statements = [
    'update audit.entries set reason = $$another$$',
    'delete from audit.entries',
    'truncate audit.entries',
    'insert into audit.entries (actor_role, door, action, object_type, object_id) values ($$x$$, $$sql$$, $$a.b$$, $$x$$, $$x$$)',
  ];

  test.each(['amelia', 'priya', 'helen', 'tomas', 'grace', null] as const)('%s cannot write it', async (who) => {
    for (const statement of statements) {
      await expect(database.asUser(who, (client) => client.query(statement))).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('mm_service and mm_authenticator cannot write it', async () => {
    for (const connectionString of [database.serviceUrl, database.authenticatorUrl]) {
      const client = new pg.Client({ connectionString });
      await client.connect();
      for (const statement of statements)
        await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
      await client.end();
    }
  });

  test('its owner and a superuser cannot change, delete or empty it', async () => {
    const client = await database.admin.connect();
    try {
      for (const role of ['mm_owner', 'postgres']) {
        for (const statement of statements.slice(0, 3)) {
          await client.query('begin');
          await client.query(`set local role ${role}`);
          await expect(client.query(statement)).rejects.toMatchObject({ code: 'PT403', hint: 'audit.append_only' });
          await client.query('rollback');
        }
      }
    } finally {
      client.release();
    }
  });

  test('nobody calls the functions that write it', async () => {
    for (const who of ['amelia', 'priya', 'grace', null] as const) {
      for (const call of [`audit.record('a.b', 'x', 'x', null)`, `audit.explain('share_token.revoked', 'x')`]) {
        await expect(database.asUser(who, (client) => client.query(`select ${call}`))).rejects.toMatchObject({
          code: '42501',
        });
      }
    }
  });
});
