import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { arrangeShare, arrangeUpload, arrangeVideo, only, profileOf } from '../src/arrange.ts';
import {
  type Claims,
  claimsOf,
  createTestDatabase,
  type PersonaName,
  personas,
  type TestDatabase,
} from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

// Every test has an admin session of its own, so that no confirmation of one test is used up by another.
let session: string;
beforeEach(() => {
  session = `sess_${randomUUID()}`;
});
afterEach(async () => {
  await database.admin.query('delete from authz.sessions where denied_at is not null');
  for (const { subject, role } of Object.values(personas)) {
    await database.admin.query(
      'update app.profiles set role = $2, suspended_at = null, role_assigned_at = null where subject = $1',
      [subject, role.slice(3)],
    );
  }
});

const priya = (overrides: Claims = {}): Claims => claimsOf('priya', { sid: session, ...overrides });

async function call(who: PersonaName | Claims, statement: string, values: unknown[]): Promise<Record<string, unknown>> {
  return database.asUser(who, async (client) => only(await client.query(statement, values)), { keep: true });
}

const changeRole = async (who: PersonaName | Claims, subject: string, role: string | null, reason = 'New duties') =>
  call(who, 'select * from api.change_role($1, $2, $3)', [await profileOf(database, subject), role, reason]);
const suspend = async (who: PersonaName | Claims, subject: string, reason = 'Left the club') =>
  call(who, 'select * from api.suspend_profile($1, $2)', [await profileOf(database, subject), reason]);
const restore = async (who: PersonaName | Claims, subject: string, reason = 'Came back') =>
  call(who, 'select * from api.restore_profile($1, $2)', [await profileOf(database, subject), reason]);
const denySession = (who: PersonaName | Claims, id: string | null, reason = 'Lost telephone') =>
  call(who, 'select * from api.deny_session($1, $2)', [id, reason]);
const signIn = (who: PersonaName | Claims) => call(who, 'select * from api.sign_in()', []);

const { amelia, ben } = personas;

describe('confirmations', () => {
  const iat = () => Math.floor(Date.now() / 1000);

  test.each<[title: string, claims: () => Claims]>([
    ['the second factor is older than 10 minutes, though the first is fresh', () => ({ fva: [0, 11] })],
    ['there is no second factor and the first is older than 10 minutes', () => ({ fva: [11, -1] })],
    ['no factor was verified', () => ({ fva: [-1, -1] })],
    ['fva is missing', () => ({ fva: undefined })],
    ['fva is no list', () => ({ fva: 'fresh' })],
    ['fva holds no numbers', () => ({ fva: ['0', '0'] })],
    ['iat is missing', () => ({ iat: undefined })],
    ['iat is no number', () => ({ iat: 'now' })],
    ['iat is far in the future', () => ({ iat: 1e18 })],
    ['the token is old and the factor was fresh only then', () => ({ iat: iat() - 1200, fva: [0, -1] })],
  ])('a privileged act is refused when %s', async (_, claims) => {
    expect(await refusalOf(suspend(priya(claims()), ben.subject))).toMatchObject({
      status: 403,
      code: 'auth.step_up_required',
    });
  });

  test('a fresh second factor confirms, and so does a fresh first factor of somebody who has no second', async () => {
    await suspend(priya({ fva: [600, 3] }), ben.subject);
    await restore(claimsOf('priya', { sid: randomUUID(), fva: [9, -1] }), ben.subject);
  });

  test('a confirmation serves one act, whatever token of the session carries it', async () => {
    const moment = iat();
    await suspend(priya({ iat: moment, fva: [2, -1] }), ben.subject);
    for (const [issued, minutes] of [
      [moment, 2],
      [moment + 59, 2],
      [moment + 59, 3],
      [moment + 60, 3],
    ] as const) {
      expect(await refusalOf(restore(priya({ iat: issued, fva: [minutes, -1] }), ben.subject))).toMatchObject({
        status: 403,
        code: 'auth.step_up_required',
      });
    }
    await restore(priya({ iat: moment, fva: [0, -1] }), ben.subject);
  });

  test('of two acts at the same moment one gets the confirmation', async () => {
    const results = await Promise.allSettled([suspend(priya(), ben.subject), suspend(priya(), personas.helen.subject)]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('an act that is refused leaves the confirmation unused', async () => {
    expect(await refusalOf(restore(priya(), ben.subject))).toMatchObject({ code: 'profile.not_suspended' });
    await suspend(priya(), ben.subject);
  });

  test('somebody who acts for an admin cannot confirm in their name', async () => {
    expect(await refusalOf(suspend(priya({ act: { sub: 'user_support' } }), ben.subject))).toMatchObject({
      status: 403,
      code: 'auth.impersonated',
    });
  });
});

describe('roles', () => {
  test('a role that was taken away is gone at once, whatever the token says', async () => {
    expect(await changeRole(priya(), personas.tomas.subject, 'auditor')).toMatchObject({ role: 'auditor' });
    const asOperator = database.asUser('tomas', (client) => client.query('select from api.webhook_events'));
    expect(await refusalOf(asOperator)).toMatchObject({ status: 403, code: 'auth.role_changed' });
    await signIn(claimsOf('tomas', { role: 'mm_auditor' }));
    const { rows } = await database.admin.query('select role from app.profiles where subject = $1', [
      personas.tomas.subject,
    ]);
    expect(rows).toEqual([{ role: 'auditor' }]);
  });

  test('a change of role is an entry of the audit log, with the reason and both roles', async () => {
    await changeRole(priya(), amelia.subject, 'admin', '  Now runs the club  ');
    const { rows } = await database.admin.query(
      `select before ->> 'role' as before, after ->> 'role' as after, reason, actor_subject from audit.entries
       where action = 'profile.role_changed' and object_id = $1`,
      [await profileOf(database, amelia.subject)],
    );
    expect(rows).toEqual([
      { before: 'coach', after: 'admin', reason: 'Now runs the club', actor_subject: personas.priya.subject },
    ]);
  });

  test('nobody changes, suspends or restores their own account', async () => {
    for (const work of [
      () => changeRole(priya(), personas.priya.subject, 'coach'),
      () => suspend(priya(), personas.priya.subject),
      () => restore(priya(), personas.priya.subject),
    ]) {
      expect(await refusalOf(work())).toMatchObject({ status: 409, code: 'profile.own_account' });
    }
  });

  test('the last admin keeps the role and the account', async () => {
    // An admin by their token only: the row still says compliance, so priya is the last one.
    const helen = claimsOf('helen', { role: 'mm_admin', sid: session });
    expect(await refusalOf(changeRole(helen, personas.priya.subject, 'coach'))).toMatchObject({
      status: 409,
      code: 'profile.last_admin',
    });
    expect(await refusalOf(suspend(helen, personas.priya.subject))).toMatchObject({ code: 'profile.last_admin' });
  });

  test('an unknown role and a reason too short are refused at their fields, together', async () => {
    expect(await refusalOf(changeRole(priya(), ben.subject, 'owner', ' x '))).toMatchObject({
      status: 422,
      fields: [
        { pointer: '#/reason', code: 'length' },
        { pointer: '#/new_role', code: 'choice' },
      ],
    });
    expect(await refusalOf(changeRole(priya(), ben.subject, null))).toMatchObject({
      fields: [{ pointer: '#/new_role', code: 'choice' }],
    });
  });

  test('an account that does not exist is not found', async () => {
    const unknown = call(priya(), 'select * from api.suspend_profile($1, $2)', [randomUUID(), 'A reason']);
    expect(await refusalOf(unknown)).toMatchObject({ status: 404, code: 'profile.not_found' });
  });

  test.each(['amelia', 'helen', 'tomas', 'grace'] as const)('%s, who is no admin, manages nobody', async (who) => {
    for (const work of [
      () => changeRole(who, ben.subject, 'admin'),
      () => suspend(who, ben.subject),
      () => restore(who, ben.subject),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('suspension', () => {
  test('a suspended person is refused at once and let in again when restored', async () => {
    await suspend(priya(), ben.subject);
    expect(await refusalOf(signIn('ben'))).toMatchObject({ status: 403, code: 'auth.suspended' });
    expect(await refusalOf(suspend(priya({ sid: randomUUID() }), ben.subject))).toMatchObject({
      code: 'profile.already_suspended',
    });
    await restore(priya({ sid: randomUUID() }), ben.subject);
    expect(await signIn('ben')).toMatchObject({ subject: ben.subject });
  });
});

describe('sessions', () => {
  test('a denied session is refused at once, and another one of the same person is not', async () => {
    const lost = claimsOf('amelia', { sid: randomUUID() });
    await signIn(lost);
    await denySession(priya(), String(lost.sid));
    expect(await refusalOf(signIn(lost))).toMatchObject({ status: 401, code: 'auth.session_denied' });
    expect(await signIn(claimsOf('amelia', { sid: randomUUID() }))).toMatchObject({ subject: amelia.subject });
  });

  test('an admin ends a session that was never seen here', async () => {
    const stolen = claimsOf('amelia', { sid: randomUUID() });
    await denySession(priya(), String(stolen.sid));
    expect(await refusalOf(signIn(stolen))).toMatchObject({ status: 401, code: 'auth.session_denied' });
  });

  test('everybody ends their own sessions without a confirmation, and nobody but an admin those of others', async () => {
    const own = claimsOf('amelia', { sid: randomUUID() });
    await signIn(own);
    expect(await refusalOf(denySession(claimsOf('ben'), String(own.sid)))).toMatchObject({
      status: 404,
      code: 'session.not_found',
    });
    expect(await refusalOf(denySession(claimsOf('ben'), randomUUID()))).toMatchObject({
      status: 404,
      code: 'session.not_found',
    });
    await denySession(claimsOf('amelia', { fva: [99, -1] }), String(own.sid));
    expect(await refusalOf(denySession(claimsOf('amelia'), String(own.sid)))).toMatchObject({
      status: 409,
      code: 'session.already_denied',
    });
  });

  test("an admin needs a fresh confirmation to end somebody's session", async () => {
    expect(await refusalOf(denySession(priya({ fva: [11, -1] }), randomUUID()))).toMatchObject({
      code: 'auth.step_up_required',
    });
  });

  const denyAll = async (who: PersonaName | Claims, subject: string, reason = 'Lost telephone') =>
    call(who, 'select * from api.deny_sessions($1, $2)', [await profileOf(database, subject), reason]);
  const openSessionsOf = async (subject: string) => {
    const { rows } = await database.admin.query<{ id: string }>(
      'select id from authz.sessions where profile_id = $1 and denied_at is null order by id',
      [await profileOf(database, subject)],
    );
    return rows.map(({ id }) => id);
  };

  test('an admin ends all sessions of somebody at once, with one confirmation', async () => {
    await signIn(claimsOf('ben', { sid: randomUUID() }));
    await signIn(claimsOf('ben', { sid: randomUUID() }));
    const open = await openSessionsOf(ben.subject);
    expect(open.length).toBeGreaterThan(1);
    const kept = await openSessionsOf(amelia.subject);
    expect(await refusalOf(denyAll(priya({ fva: [11, -1] }), ben.subject))).toMatchObject({
      code: 'auth.step_up_required',
    });
    expect(await denyAll(priya(), ben.subject)).toMatchObject({ session_count: open.length });
    expect(await openSessionsOf(ben.subject)).toEqual([]);
    expect(await openSessionsOf(amelia.subject)).toEqual(kept);
    const { rows } = await database.admin.query(
      `select distinct object_id from audit.entries where action = 'session.denied' and object_id = any ($1) and reason = 'Lost telephone'`,
      [open],
    );
    expect(rows).toHaveLength(open.length);
    expect(await refusalOf(denyAll(priya({ sid: randomUUID() }), ben.subject))).toMatchObject({
      status: 409,
      code: 'session.none_open',
    });
  });

  test('whoever ends their own sessions keeps the one that asks, and needs no confirmation', async () => {
    const here = randomUUID();
    await signIn(claimsOf('ben', { sid: here }));
    await signIn(claimsOf('ben', { sid: randomUUID() }));
    await denyAll(claimsOf('ben', { sid: here, fva: [99, -1] }), ben.subject);
    expect(await openSessionsOf(ben.subject)).toEqual([here]);
    expect(await refusalOf(denyAll(claimsOf('ben', { sid: here }), amelia.subject))).toMatchObject({
      status: 404,
      code: 'profile.not_found',
    });
  });

  test('an admin sees what hangs on an account before acting', async () => {
    const reach = async (subject: string) =>
      call(priya(), 'select * from api.profile_reach($1)', [await profileOf(database, subject)]);
    const before = await reach(ben.subject);
    await signIn(claimsOf('ben', { sid: randomUUID() }));
    const video = await arrangeVideo(database, 'ben');
    await arrangeUpload(database, 'ben');
    await arrangeShare(database, 'ben', video.videoId);
    const revoked = await arrangeShare(database, 'ben', video.videoId);
    await database.asUser('ben', (client) => client.query(`select api.revoke_share_token($1, 'Wrong')`, [revoked.id]), {
      keep: true,
    });
    expect(await reach(ben.subject)).toEqual({
      ...before,
      is_own: false,
      is_last_admin: false,
      open_sessions: Number(before.open_sessions) + 1,
      videos: Number(before.videos) + 2,
      live_links: Number(before.live_links) + 1,
      open_uploads: Number(before.open_uploads) + 1,
    });
    expect(await reach(personas.priya.subject)).toMatchObject({ is_own: true, is_last_admin: true });
  });

  test('a denied session stays denied, for the owner of the tables too', async () => {
    await denySession(priya(), session.replace('sess', 'other'));
    const undone = database.admin.query(
      'update authz.sessions set denied_at = null, denied_by = null, deny_reason = null',
    );
    expect(await refusalOf(undone)).toMatchObject({ status: 409, code: 'session.already_denied' });
  });

  test('signing in remembers the session, and marks the one that asks', async () => {
    const one = randomUUID();
    const two = randomUUID();
    await signIn(claimsOf('ben', { sid: one }));
    await signIn(claimsOf('ben', { sid: two }));
    const { rows } = await database.asUser(claimsOf('ben', { sid: two }), (client) =>
      client.query('select id, is_current from api.sessions where id = any ($1) order by id = $2', [[one, two], two]),
    );
    expect(rows).toEqual([
      { id: one, is_current: false },
      { id: two, is_current: true },
    ]);
  });

  test('a session does not pass to another person who signs in with its id', async () => {
    const shared = randomUUID();
    await signIn(claimsOf('ben', { sid: shared }));
    await signIn(claimsOf('amelia', { sid: shared }));
    const { rows } = await database.admin.query('select profile_id from authz.sessions where id = $1', [shared]);
    expect(rows).toEqual([{ profile_id: await profileOf(database, ben.subject) }]);
  });

  test('a session without an id, or one too long, is refused at the field', async () => {
    for (const id of [null, '', 'x'.repeat(201)]) {
      expect(await refusalOf(denySession(priya(), id))).toMatchObject({
        status: 422,
        fields: [{ pointer: '#/session_id', code: 'length' }],
      });
    }
  });
});
