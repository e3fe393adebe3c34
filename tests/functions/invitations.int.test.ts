import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { only } from '../src/arrange.ts';
import { type Claims, claimsOf, createTestDatabase, type PersonaName, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

type Invited = { id: string; email: string };

const act = async (who: PersonaName, statement: string, values: unknown[]): Promise<Record<string, unknown>> =>
  database.asUser(
    claimsOf(who, { sid: randomUUID() }),
    async (client) => only(await client.query<Record<string, unknown>>(statement, values)),
    { keep: true },
  );
async function invite(role = 'coach', note: string | null = null): Promise<Invited> {
  const email = `${randomUUID()}@club.example`;
  const { id } = await act('priya', 'select * from api.invite_person($1, $2, $3)', [email, role, note]);
  return { id: String(id), email };
}
/** Somebody whom nobody here knows, with the token that the identity provider gives to who accepted. */
const tokenOf = ({ id, email }: Invited, overrides: Claims = {}): Claims =>
  claimsOf('ben', {
    sub: `user_${id}`,
    sid: `sess_${randomUUID()}`,
    name: 'Ann Lee',
    email,
    invitation: id,
    ...overrides,
  });
const signIn = (claims: Claims) =>
  database.asUser(
    claims,
    async (client) => only(await client.query<{ id: string; role: string }>('select * from api.sign_in()')),
    { keep: true },
  );
const shown = async (id: string) =>
  database.asUser('priya', async (client) =>
    only(await client.query<Record<string, unknown>>('select * from api.invitations where id = $1', [id])),
  );

describe('an invitation', () => {
  test('gives its role at the first sign-in, is used up by it, and says who came', async () => {
    const invited = await invite('operator', 'From the northern club');
    expect(await shown(invited.id)).toMatchObject({
      status: 'queued',
      role: 'operator',
      note: 'From the northern club',
    });
    const person = await signIn(tokenOf(invited, { role: 'mm_operator' }));
    expect(person.role).toBe('operator');
    expect(await shown(invited.id)).toMatchObject({ status: 'accepted', accepted_by: person.id });
    expect(await signIn(tokenOf(invited, { role: 'mm_operator' }))).toMatchObject({ id: person.id });
    const second = tokenOf(invited, { role: 'mm_operator', sub: 'user_another' });
    expect(await refusalOf(signIn(second))).toMatchObject({ status: 403, code: 'invitation.unusable' });
  });

  test('counts more than the role of the token: who was invited as a coach gets nowhere as an admin', async () => {
    const invited = await invite('coach');
    const asAdmin = tokenOf(invited, { role: 'mm_admin' });
    expect(await signIn(asAdmin)).toMatchObject({ role: 'coach' });
    const list = database.asUser(asAdmin, (client) => client.query('select from api.profiles'));
    expect(await refusalOf(list)).toMatchObject({ status: 403, code: 'auth.role_changed' });
  });

  test('lets two tabs of the person in, and makes one account', async () => {
    const invited = await invite();
    const [one, two] = await Promise.all([signIn(tokenOf(invited)), signIn(tokenOf(invited))]);
    expect(one?.id).toBe(two?.id);
  });

  test('lets one of two people in who come with it at the same moment', async () => {
    const invited = await invite();
    const results = await Promise.allSettled([
      signIn(tokenOf(invited, { sub: 'user_first_of_two' })),
      signIn(tokenOf(invited, { sub: 'user_second_of_two' })),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const failed = results.find((result) => result.status === 'rejected');
    expect(await refusalOf(Promise.reject(failed?.reason))).toMatchObject({ code: 'invitation.unusable' });
  });

  test('that is revoked lets nobody in at once, though the identity provider has not heard of it', async () => {
    const invited = await invite();
    await act('priya', 'select * from api.revoke_invitation($1, $2)', [invited.id, 'The wrong Ann']);
    expect(await shown(invited.id)).toMatchObject({ status: 'revoked', is_withdrawing: true });
    expect(await refusalOf(signIn(tokenOf(invited)))).toMatchObject({ status: 403, code: 'invitation.unusable' });
    const { rowCount } = await database.admin.query('select from app.profiles where email = $1', [invited.email]);
    expect(rowCount).toBe(0);
  });

  test('is open once for each address, also when two administrators invite at the same moment', async () => {
    const address = `${randomUUID()}@club.example`;
    const once = () => act('priya', 'select * from api.invite_person($1, $2)', [address, 'coach']);
    const results = await Promise.allSettled([once(), once()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const failed = results.find((result) => result.status === 'rejected');
    expect(await refusalOf(Promise.reject(failed?.reason))).toMatchObject({
      status: 409,
      code: 'invitation.already_open',
    });
  });

  test('that has run out is shown as expired and is in nobody’s way', async () => {
    const { id, email } = await invite();
    await database.admin.query(
      `set session_replication_role = replica;
       update app.invitations set created_at = now() - interval '8 days', expires_at = now() - interval '1 day' where email = '${email}';
       set session_replication_role = origin`,
    );
    expect(await shown(id)).toMatchObject({ status: 'expired' });
    const again = await act('priya', 'select * from api.invite_person($1, $2)', [email, 'coach']);
    expect(again.id).not.toBe(id);
    const resent = act('priya', 'select * from api.resend_invitation($1)', [id]);
    expect(await refusalOf(resent)).toMatchObject({ status: 409, code: 'invitation.already_open' });
  });

  test.each(['amelia', 'helen', 'tomas', 'grace'] as const)(
    'is for no other than an admin to make or see: %s',
    async (who) => {
      const made = act(who, 'select * from api.invite_person($1, $2)', ['friend@club.example', 'admin']);
      await expect(made).rejects.toMatchObject({ message: 'permission denied for function invite_person' });
      const seen = database.asUser(who, (client) => client.query('select from api.invitations'));
      await expect(seen).rejects.toMatchObject({ message: 'permission denied for view invitations' });
    },
  );

  test('is in the audit log step by step, with its address in no entry', async () => {
    const invited = await invite();
    await act('priya', 'select * from api.resend_invitation($1)', [invited.id]);
    await act('priya', 'select * from api.revoke_invitation($1, $2)', [invited.id, 'The wrong Ann']);
    const { rows } = await database.admin.query<{ action: string; reason: string | null; text: string }>(
      `select action, reason, row_to_json(e)::text as text from audit.entries e
       where object_type = 'invitation' and object_id = $1 order by occurred_at, id`,
      [invited.id],
    );
    expect(rows.map(({ action }) => action)).toEqual(['invitation.created', 'invitation.resent', 'invitation.revoked']);
    expect(rows.at(-1)?.reason).toBe('The wrong Ann');
    expect(rows.filter(({ text }) => text.includes(invited.email))).toEqual([]);
  });
});
