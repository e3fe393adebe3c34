import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  arrangeShare,
  arrangeShareInTime,
  arrangeUpload,
  arrangeVideo,
  decide,
  only,
  sha256,
  type Upload,
} from '../src/arrange.ts';
import { createTestDatabase, type PersonaName, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
let video: Upload;

beforeAll(async () => {
  database = await createTestDatabase();
  video = await arrangeVideo(database, 'amelia');
});
afterAll(() => database?.close());

const hours = (count: number) => new Date(Date.now() + count * 3_600_000);

function create(who: PersonaName, videoId: string, expiresAt: Date | null = null, label: string | null = null) {
  return database.asUser(
    who,
    async (client) =>
      only(
        await client.query<{ id: string; public_id: string; secret: string; expires_at: Date; life: string }>(
          `select s.*, extract(epoch from s.expires_at - now()) / 3600 as life from api.create_share_token($1, $2, $3) s`,
          [videoId, expiresAt, label],
        ),
      ),
    { keep: true },
  );
}

function revoke(who: PersonaName, id: string, reason: string | null) {
  return database.asUser(
    who,
    async (client) =>
      only(
        await client.query<{ id: string; revoked_at: Date; last_byte_possible_by: Date }>(
          'select * from api.revoke_share_token($1, $2)',
          [id, reason],
        ),
      ),
    { keep: true },
  );
}

describe('making a share link', () => {
  test('a link lives for 7 days unless asked otherwise (SH-06)', async () => {
    expect(Number((await create('amelia', video.videoId)).life)).toBe(168);
  });

  test('a link may live for any time from 24 hours to 7 days', async () => {
    const ends = hours(72);
    expect((await create('amelia', video.videoId, ends)).expires_at).toEqual(ends);
  });

  test('an end that misses a bound by seconds, reckoned in a browser, is moved onto the bound', async () => {
    const shortest = await create('amelia', video.videoId, new Date(hours(24).getTime() - 5_000));
    const longest = await create('amelia', video.videoId, new Date(hours(168).getTime() + 5_000));
    expect([Number(shortest.life), Number(longest.life)]).toEqual([24, 168]);
  });

  test.each([
    ['too_early', 23],
    ['too_early', -1],
    ['too_late', 169],
  ])('an end outside 24 hours to 7 days is refused at its field: %s', async (code, inHours) => {
    expect(await refusalOf(create('amelia', video.videoId, hours(inHours)))).toMatchObject({
      status: 422,
      code: 'request.invalid',
      fields: [{ pointer: '#/expires_at', code }],
    });
  });

  test('the table itself refuses a life outside 24 hours to 7 days, also to its owner', async () => {
    for (const lifeHours of [23, 169]) {
      await expect(arrangeShareInTime(database, video, { lifeHours })).rejects.toMatchObject({
        constraint: 'share_tokens_life_check',
      });
    }
  });

  test('every wrong field is told at once', async () => {
    const refusal = await refusalOf(create('amelia', video.videoId, hours(1), 'x'.repeat(121)));
    expect(refusal.fields.map((field) => field.pointer).sort()).toEqual(['#/expires_at', '#/label']);
  });

  test('the secret has 256 bits and is stored nowhere but as its SHA-256 (SH-05)', async () => {
    const { id, secret } = await create('amelia', video.videoId);
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const { rows } = await database.admin.query<{ secret_hash: Buffer }>(
      'select secret_hash from app.share_tokens where id = $1',
      [id],
    );
    expect(rows[0]?.secret_hash).toEqual(sha256(secret));

    // Every text of every row of every table, including the job queue's and the log's.
    const { rows: tables } = await database.admin.query<{ name: string }>(
      `select oid::regclass::text as name from pg_class
       where relkind = 'r' and relnamespace::regnamespace::text in ('app', 'audit', 'authz', 'pgboss', 'deploy')`,
    );
    expect(tables.length).toBeGreaterThan(15);
    for (const { name } of tables) {
      const found = await database.admin.query(
        `select from ${name} t where strpos(t::text, $1) > 0 or strpos(t::text, $2) > 0`,
        [secret, Buffer.from(secret).toString('hex')],
      );
      expect({ name, rows: found.rowCount }).toEqual({ name, rows: 0 });
    }
  });

  test('no two links share an id or a secret', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => create('amelia', video.videoId)));
    expect(new Set(made.map((share) => share.secret)).size).toBe(20);
    expect(new Set(made.map((share) => share.public_id)).size).toBe(20);
    for (const share of made) expect(share.public_id).toMatch(/^[0-9A-Za-z]{12}$/);
  });

  test("a coach cannot share another coach's video, and learns no more than for one that does not exist", async () => {
    const foreign = await refusalOf(create('ben', video.videoId));
    const unknown = await refusalOf(create('ben', randomUUID()));
    expect(foreign).toEqual(unknown);
    expect(foreign).toMatchObject({ status: 404, code: 'video.not_found' });
  });

  test("an admin shares any coach's video; the link belongs to the coach and remembers who made it", async () => {
    const { id } = await create('priya', video.videoId);
    const seen = await database.asUser('amelia', (client) =>
      client.query('select coach_name, created_by_name, status from api.share_tokens where id = $1', [id]),
    );
    expect(seen.rows).toEqual([{ coach_name: 'Amelia Hart', created_by_name: null, status: 'active' }]);
  });

  test('a video that is still uploading can be shared, one that failed cannot', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    await create('amelia', upload.videoId);
    await database.service.query(`select app.fail_upload($1, 'upload.errored', 'It failed.')`, [upload.uploadJobId]);
    expect(await refusalOf(create('amelia', upload.videoId))).toMatchObject({
      status: 409,
      code: 'share.video_unavailable',
    });
  });

  test.each(['helen', 'tomas', 'grace'] as const)('%s may not make share links', async (who) => {
    await expect(create(who, video.videoId)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('revoking a share link', () => {
  test('the owner revokes with a reason, and the next decision refuses (SH-08)', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    expect((await decide(database, share.publicId, share.secret)).rule).toBe('play.allowed');
    await revoke('amelia', share.id, '  Sent to the wrong person  ');
    expect((await decide(database, share.publicId, share.secret)).rule).toBe('play.revoked');
    const { rows } = await database.asUser('amelia', (client) =>
      client.query('select status, revoke_reason, revoked_by_name from api.share_tokens where id = $1', [share.id]),
    );
    expect(rows).toEqual([
      { status: 'revoked', revoke_reason: 'Sent to the wrong person', revoked_by_name: 'Amelia Hart' },
    ]);
  });

  test("an admin revokes any coach's link", async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    expect((await revoke('priya', share.id, 'Asked by the coach')).id).toBe(share.id);
  });

  test('it is answered by when the last byte can have been played: when the last minted token dies', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    await decide(database, share.publicId, share.secret, { ttl: 30 });
    const long = await decide(database, share.publicId, share.secret, { ttl: 600 });
    const revoked = await revoke('amelia', share.id, 'No longer needed');
    expect(revoked.last_byte_possible_by).toEqual(long.token_expires_at);
  });

  test('when nobody has watched, the last byte is possible by the revocation itself', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    const revoked = await revoke('amelia', share.id, 'No longer needed');
    expect(revoked.last_byte_possible_by).toEqual(revoked.revoked_at);
  });

  test('a decision under way when the link is revoked counts in the last possible byte', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    const client = await database.service.connect();
    try {
      await client.query('begin');
      const decision = only(
        await client.query<{ token_expires_at: Date }>(
          `select token_expires_at from app.decide_playback($1, $2, 'request', null, 'Firefox', 900)`,
          [share.publicId, sha256(share.secret)],
        ),
      );
      const revocation = revoke('amelia', share.id, 'No longer needed');
      await waitUntilBlocked(database);
      await client.query('commit');
      expect((await revocation).last_byte_possible_by).toEqual(decision.token_expires_at);
    } finally {
      client.release();
    }
  });

  test('a decision waits for a revocation under way, and is refused; one that is refused anyway waits for nobody', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    const client = await database.admin.connect();
    try {
      await client.query('begin');
      await client.query(
        `update app.share_tokens set revoked_at = now(), revoked_by = coach_id, revoke_reason = 'No longer needed' where id = $1`,
        [share.id],
      );
      const waiting = decide(database, share.publicId, share.secret);
      await waitUntilBlocked(database);
      expect((await decide(database, share.publicId, 'wrong')).rule).toBe('play.wrong_secret');
      await client.query('commit');
      expect((await waiting).rule).toBe('play.revoked');
    } finally {
      client.release();
    }
  });

  test.each([[null], [''], ['no'], ['x'.repeat(501)]])(
    'a reason of 3 to 500 characters is demanded: %j',
    async (reason) => {
      const share = await arrangeShare(database, 'amelia', video.videoId);
      expect(await refusalOf(revoke('amelia', share.id, reason))).toMatchObject({
        status: 422,
        fields: [{ pointer: '#/reason', code: 'length' }],
      });
    },
  );

  test('a link is revoked once: the second time is a conflict, and the first reason stays', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    await revoke('amelia', share.id, 'The first reason');
    expect(await refusalOf(revoke('priya', share.id, 'Another reason'))).toMatchObject({
      status: 409,
      code: 'share.already_revoked',
    });
  });

  test('of many who revoke at the same moment exactly one succeeds', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => revoke('amelia', share.id, 'All at once')),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  test('a revocation cannot be undone, also not by the owner of the table', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    await revoke('amelia', share.id, 'No longer needed');
    await expect(
      database.admin.query(
        'update app.share_tokens set revoked_at = null, revoked_by = null, revoke_reason = null where id = $1',
        [share.id],
      ),
    ).rejects.toMatchObject({ hint: 'share.already_revoked' });
  });

  test("a coach cannot revoke another coach's link, and learns no more than for one that does not exist", async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    const foreign = await refusalOf(revoke('ben', share.id, 'Not mine'));
    expect(foreign).toEqual(await refusalOf(revoke('ben', randomUUID(), 'Not mine')));
    expect(foreign).toMatchObject({ status: 404, code: 'share.not_found' });
    expect((await decide(database, share.publicId, share.secret)).allowed).toBe(true);
  });
});

/** Until some session of the database waits for a lock. */
async function waitUntilBlocked(on: TestDatabase): Promise<void> {
  await expect
    .poll(
      async () =>
        (
          await on.admin.query(
            `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          )
        ).rowCount,
      { timeout: 5_000, interval: 20 },
    )
    .toBe(1);
}
