import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  arrangeShare,
  arrangeShareInTime,
  arrangeVideo,
  decide,
  only,
  report,
  type Share,
  type ShareOptions,
  type Upload,
} from '../src/arrange.ts';
import { createTestDatabase, type PersonaName, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
let video: Upload;

beforeAll(async () => {
  database = await createTestDatabase();
  video = await arrangeVideo(database, 'amelia', 'Deep squat');
});
afterAll(() => database?.close());

const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
const share = (options: ShareOptions = {}) => arrangeShare(database, 'amelia', video.videoId, options);
const inDays = (days: number) => share({ expires_at: hours(24 * days) });

type Arguments = Record<string, unknown>;

function call<Row extends Record<string, unknown>>(who: PersonaName, name: string, given: Arguments): Promise<Row> {
  const names = Object.keys(given).map((key, i) => `${key} => $${i + 1}`);
  return database.asUser(
    who,
    async (client) =>
      only(await client.query<Row>(`select * from api.${name}(${names.join(', ')})`, Object.values(given))),
    { keep: true },
  );
}

const update = (who: PersonaName, given: Arguments) => call<{ version: number }>(who, 'update_share_token', given);
const extend = (who: PersonaName, given: Arguments) =>
  call<{ version: number; expires_at: Date }>(who, 'extend_share_token', given);
const rotate = (who: PersonaName, given: Arguments) =>
  call<{ public_id: string; secret: string; version: number; expires_at: Date; last_byte_possible_by: Date }>(
    who,
    'rotate_share_token',
    given,
  );

const optionsOf = async (id: string) =>
  only(
    await database.admin.query(
      `select t.label, t.note, t.max_views, t.embed_origins, t.recipients_only, t.version,
              (select coalesce(array_agg(r.value order by r.value), '{}') from app.share_recipients r where r.share_token_id = t.id) as recipients
       from app.share_tokens t where t.id = $1`,
      [id],
    ),
  );

const entriesOf = async (id: string) =>
  (
    await database.admin.query<{ action: string; reason: string | null }>(
      `select action, reason from audit.entries where object_id = $1 order by id`,
      [id],
    )
  ).rows;

describe('what every change of a link has in common', () => {
  const changes = {
    update: (who: PersonaName, id: string, version: number | null) => update(who, { id, version, label: 'Another' }),
    extend: (who: PersonaName, id: string, version: number | null) =>
      extend(who, { id, version, expires_at: hours(100) }),
    rotate: (who: PersonaName, id: string, version: number | null) => rotate(who, { id, version }),
  };

  describe.each(Object.entries(changes))('%s', (_name, change) => {
    test("a coach cannot change another coach's link, and learns no more than for one that does not exist", async () => {
      const link = await inDays(2);
      const foreign = await refusalOf(change('ben', link.id, 1));
      expect(foreign).toEqual(await refusalOf(change('ben', randomUUID(), 1)));
      expect(foreign).toMatchObject({ status: 404, code: 'share.not_found' });
    });

    test("an admin changes any coach's link", async () => {
      expect((await change('priya', (await inDays(2)).id, 1)).version).toBe(2);
    });

    test('a link that was revoked does not change', async () => {
      const link = await inDays(2);
      await call('amelia', 'revoke_share_token', { id: link.id, reason: 'Wrong person' });
      expect(await refusalOf(change('amelia', link.id, 2))).toMatchObject({
        status: 409,
        code: 'share.already_revoked',
      });
    });

    test('a link that has ended does not change', async () => {
      const link = await arrangeShareInTime(database, video, { madeHoursAgo: 25, lifeHours: 24 });
      expect(await refusalOf(change('amelia', link.id, 1))).toMatchObject({ status: 409, code: 'share.expired' });
    });

    test('who has seen another version is told so, and changes nothing', async () => {
      const link = await inDays(2);
      await change('amelia', link.id, 1);
      expect(await refusalOf(change('amelia', link.id, 1))).toMatchObject({
        status: 409,
        code: 'data.changed_meanwhile',
      });
      expect((await optionsOf(link.id)).version).toBe(2);
    });

    test('of eight that change the same version at the same moment exactly one does', async () => {
      const link = await inDays(2);
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => change('amelia', link.id, 1)));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    test('the version is demanded', async () => {
      expect(await refusalOf(change('amelia', (await inDays(2)).id, null))).toMatchObject({
        status: 422,
        fields: [{ pointer: '#/version', code: 'required' }],
      });
    });

    test.each(['helen', 'tomas', 'grace'] as const)('%s may not', async (who) => {
      await expect(change(who, randomUUID(), 1)).rejects.toMatchObject({ code: '42501' });
    });
  });
});

describe('updating a share link', () => {
  test('what is not given stays, what is given is changed, and the entry says why', async () => {
    const link = await share({ label: 'Team', note: 'Trial', max_views: 3, embed_origins: ['https://club.example'] });
    await update('amelia', { id: link.id, version: 1, max_views: 5, reason: ' Two more came ' });
    expect(await optionsOf(link.id)).toEqual({
      label: 'Team',
      note: 'Trial',
      max_views: 5,
      embed_origins: ['https://club.example'],
      recipients_only: false,
      recipients: [],
      version: 2,
    });
    expect((await entriesOf(link.id)).at(-1)).toEqual({ action: 'share_token.changed', reason: 'Two more came' });
  });

  test('empty texts, a limit of 0 and no sites take the option away', async () => {
    const link = await share({ label: 'Team', note: 'Trial', max_views: 3, embed_origins: ['https://club.example'] });
    await update('amelia', { id: link.id, version: 1, label: ' ', note: '', max_views: 0, embed_origins: [] });
    expect(await optionsOf(link.id)).toMatchObject({ label: null, note: null, max_views: null, embed_origins: [] });
  });

  test('the recipients become exactly those, and each that comes or goes is an entry', async () => {
    const link = await share({ recipients: ['ann@club.example', 'bob@club.example'] });
    await update('amelia', { id: link.id, version: 1, recipients: ['bob@club.example', '@team.example'] });
    expect(await optionsOf(link.id)).toMatchObject({
      recipients: ['bob@club.example', 'team.example'],
      recipients_only: true,
      version: 2,
    });
    const { rows } = await database.admin.query(
      `select action, count(*)::integer from audit.entries
       where object_type = 'share_recipient' and coalesce(after, before) ->> 'share_token_id' = $1 group by 1 order by 1`,
      [link.id],
    );
    expect(rows).toEqual([
      { action: 'share_recipient.created', count: 3 },
      { action: 'share_recipient.deleted', count: 1 },
    ]);
  });

  test('an open link can be kept for recipients; a link for recipients never becomes an open one', async () => {
    const link = await share();
    await update('amelia', { id: link.id, version: 1, recipients: ['ann@club.example'] });
    expect((await decide(database, link.publicId, link.secret)).rule).toBe('play.recipient_needed');
    expect(await refusalOf(update('amelia', { id: link.id, version: 2, recipients: [] }))).toMatchObject({
      status: 422,
      fields: [{ pointer: '#/recipients', code: 'required' }],
    });
    await expect(
      database.admin.query('update app.share_tokens set recipients_only = false where id = $1', [link.id]),
    ).rejects.toMatchObject({ hint: 'data.immutable' });
  });

  test('a view limit goes down to the views that have been claimed, and no further', async () => {
    const link = await share({ max_views: 5 });
    for (let i = 0; i < 2; i += 1) {
      const { session_id } = await decide(database, link.publicId, link.secret);
      await report(database, link.publicId, session_id, [{ sequence: 0, kind: 'heartbeat' }]);
    }
    expect(await refusalOf(update('amelia', { id: link.id, version: 1, max_views: 1 }))).toMatchObject({
      status: 422,
      fields: [{ pointer: '#/max_views', code: 'claimed' }],
    });
    await update('amelia', { id: link.id, version: 1, max_views: 2 });
    expect((await decide(database, link.publicId, link.secret)).rule).toBe('play.views_exhausted');
  });

  test('every wrong field is told at once, and nothing is changed', async () => {
    const link = await share({ label: 'Team' });
    const refusal = await refusalOf(
      update('amelia', {
        id: link.id,
        version: null,
        label: 'x'.repeat(121),
        note: 'x'.repeat(1001),
        max_views: -1,
        recipients: ['nobody'],
        embed_origins: ['nowhere'],
        reason: 'x',
      }),
    );
    expect(refusal.fields.map(({ pointer }) => pointer).sort()).toEqual(
      ['embed_origins', 'label', 'max_views', 'note', 'reason', 'recipients', 'version'].map((field) => `#/${field}`),
    );
    expect(await optionsOf(link.id)).toMatchObject({ label: 'Team', version: 1 });
  });
});

describe('extending a share link', () => {
  test('a shorter life becomes longer, at most 7 days from the start (SH-06)', async () => {
    const link = await inDays(2);
    const longer = await extend('amelia', { id: link.id, version: 1, expires_at: hours(100), reason: 'Trial moved' });
    expect(longer.expires_at.getTime()).toBeGreaterThan(link.expiresAt.getTime());
    const longest = await extend('amelia', { id: link.id, version: 2, expires_at: hours(168) });
    expect(longest.expires_at.getTime()).toBeLessThanOrEqual(hours(168).getTime());
    expect(await refusalOf(extend('amelia', { id: link.id, version: 3, expires_at: hours(169) }))).toMatchObject({
      status: 422,
      fields: [{ pointer: '#/expires_at', code: 'too_late' }],
    });
    expect(await entriesOf(link.id)).toEqual([
      { action: 'share_token.created', reason: null },
      { action: 'share_token.extended', reason: 'Trial moved' },
      { action: 'share_token.extended', reason: null },
    ]);
  });

  test.each([
    ['too_early', hours(36)],
    ['too_early', new Date(0)],
    ['too_late', new Date('2999-01-01')],
    ['too_late', 'infinity'],
    ['required', null],
  ])('an end that is no later one within 7 days is refused: %s', async (code, expires_at) => {
    const link = await inDays(2);
    expect(await refusalOf(extend('amelia', { id: link.id, version: 1, expires_at }))).toMatchObject({
      status: 422,
      fields: [{ pointer: '#/expires_at', code }],
    });
  });

  test('a link that has its 7 days already is not extended by seconds', async () => {
    const link = await share();
    expect(await refusalOf(extend('amelia', { id: link.id, version: 1, expires_at: hours(168) }))).toMatchObject({
      fields: [{ pointer: '#/expires_at', code: 'too_early' }],
    });
  });

  test('nobody moves the end by an update, not even in the words of the function for another link', async () => {
    const link = await inDays(2);
    const other = await inDays(2);
    for (const told of ['', `extend ${other.id}`, `rotate ${link.id}`, 'extend']) {
      await expect(rawUpdate(link, told, `expires_at = expires_at + interval '1 hour'`)).rejects.toMatchObject({
        hint: 'data.immutable',
      });
    }
    await expect(
      rawUpdate(link, `extend ${link.id}`, `expires_at = expires_at - interval '1 hour'`),
    ).rejects.toMatchObject({ hint: 'data.immutable' });
    await expect(
      rawUpdate(link, `extend ${link.id}`, `expires_at = created_at + interval '169 hours'`),
    ).rejects.toMatchObject({ constraint: 'share_tokens_life_check' });
  });
});

describe('rotating a share link', () => {
  test('the new secret opens the link, the old one is dead at once, and the public id stays', async () => {
    const link = await share({ max_views: 2 });
    const playing = await decide(database, link.publicId, link.secret, { ttl: 600 });
    const rotated = await rotate('amelia', { id: link.id, version: 1, reason: 'Posted in public' });
    expect(rotated).toMatchObject({
      public_id: link.publicId,
      version: 2,
      expires_at: link.expiresAt,
      last_byte_possible_by: playing.token_expires_at,
    });
    expect(rotated.secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(rotated.secret).not.toBe(link.secret);
    const renewal = await decide(database, link.publicId, link.secret, { sessionId: playing.session_id });
    expect(renewal.rule).toBe('play.wrong_secret');
    expect((await decide(database, link.publicId, rotated.secret)).rule).toBe('play.allowed');
    expect((await entriesOf(link.id)).at(-1)).toEqual({ action: 'share_token.rotated', reason: 'Posted in public' });
    const { rows } = await database.admin.query('select after from audit.entries where object_id = $1', [link.id]);
    expect(JSON.stringify(rows)).not.toContain(rotated.secret);
  });

  test('nobody replaces the secret by an update', async () => {
    const link = await share();
    for (const told of ['', `extend ${link.id}`])
      await expect(rawUpdate(link, told, `secret_hash = sha256('another')`)).rejects.toMatchObject({
        hint: 'data.immutable',
      });
  });
});

test('owner, video and scope of a link are not among what its functions take', async () => {
  const { rows } = await database.admin.query<{ name: string; args: string[] }>(
    `select p.proname as name, array(
       select a.name from unnest(p.proargnames, p.proargmodes) with ordinality a (name, mode, n) where a.mode in ('i', 'b') order by n) as args
     from pg_proc p where p.pronamespace = 'api'::regnamespace and p.proname ~ '_share_token$' and p.proname !~ '^create' order by 1`,
  );
  expect(rows).toEqual([
    { name: 'extend_share_token', args: ['id', 'version', 'expires_at', 'reason'] },
    { name: 'restore_share_token', args: ['id', 'reason', 'expires_at'] },
    { name: 'revoke_share_token', args: ['id', 'reason'] },
    { name: 'rotate_share_token', args: ['id', 'version', 'reason'] },
    {
      name: 'update_share_token',
      args: ['id', 'version', 'label', 'note', 'max_views', 'recipients', 'embed_origins', 'reason'],
    },
  ]);
});

/** An update by the superuser, in a transaction that claims to be one of the functions. */
async function rawUpdate(link: Share, told: string, set: string): Promise<void> {
  const client = await database.admin.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('mm.share_change', $1, true)`, [told]);
    await client.query(`update app.share_tokens set ${set} where id = $1`, [link.id]);
  } finally {
    await client.query('rollback');
    client.release();
  }
}
