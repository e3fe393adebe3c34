import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { only } from '../src/arrange.ts';
import { claimsOf, createTestDatabase, type TestDatabase } from '../src/index.ts';
import { bodyOf, type ClerkEvent, personOf, personTrace } from './clerk-trace.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

async function fold(event: ClerkEvent): Promise<string> {
  const { id } = only(
    await database.service.query<{ id: string }>(
      `select id from app.receive_webhook('clerk', $1, $2, null, $3, now(), false)`,
      [event.id, event.type, bodyOf(event)],
    ),
  );
  return only(await database.service.query<{ outcome: string }>('select app.fold_webhook_event($1) as outcome', [id]))
    .outcome;
}
const deliver = async (events: readonly ClerkEvent[]) => {
  for (const event of events) await fold(event);
};

/** Somebody who has signed in here, with a session. */
async function givenPerson(): Promise<{ subject: string; sessionId: string }> {
  const subject = `user_${randomUUID()}`;
  const sessionId = `sess_${randomUUID()}`;
  await database.admin.query(
    `with person as (insert into app.profiles (subject, role, email, display_name) values ($1, 'coach', 'first@example.com', 'First')
                     returning id)
     insert into authz.sessions (id, profile_id) select s, person.id from person, unnest(array[$2, $2 || '-other']) s`,
    [subject, sessionId],
  );
  return { subject, sessionId };
}

/** What is known of a person, but for when rows were written. */
async function stateOf({ subject, sessionId }: { subject: string; sessionId: string }): Promise<unknown> {
  const { rows } = await database.admin.query(
    `select p.display_name, p.email, p.role, p.suspended_at is not null as is_suspended, p.identity_deleted_at is not null as is_deleted,
            (select json_agg(json_build_object('session', replace(s.id, $2, 'session'), 'denied', s.denied_at is not null, 'by', s.denied_by)
                             order by s.id)
             from authz.sessions s where s.profile_id = p.id) as sessions
     from app.profiles p where p.subject = $1`,
    [subject, sessionId],
  );
  return rows;
}

const changed = {
  display_name: 'Amy Hart',
  email: 'a.j.hart@example.com',
  role: 'coach',
  is_suspended: false,
  is_deleted: false,
  sessions: [
    { session: 'session', denied: true, by: null },
    { session: 'session-other', denied: false, by: null },
  ],
};
const deleted = {
  ...changed,
  is_suspended: true,
  is_deleted: true,
  sessions: changed.sessions.map((session) => ({ ...session, denied: true })),
};

describe('folding the events of Clerk', () => {
  test('a name and an address follow the person, a session that ended there is ended here, and a role is not theirs to tell', async () => {
    const person = await givenPerson();
    await deliver(personTrace(person.subject, person.sessionId));
    expect(await stateOf(person)).toEqual([changed]);
  });

  test('a deleted person is suspended and all their sessions are ended; no row goes', async () => {
    const person = await givenPerson();
    await deliver(personTrace(person.subject, person.sessionId, { deleted: true }));
    expect(await stateOf(person)).toMatchObject([{ is_suspended: true, is_deleted: true, sessions: deleted.sessions }]);
    const { rows } = await database.admin.query(
      `select distinct e.action from audit.entries e join app.profiles p on p.id::text = e.object_id
       where p.subject = $1 and e.reason like 'clerk event % (user.deleted)'`,
      [person.subject],
    );
    expect(rows).toEqual([{ action: 'profile.suspended' }]);
  });

  test('in any order, with any duplicates, the events of a person end the same', async () => {
    const length = personTrace('x', 'x').length;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...Array(length).keys()], { minLength: length }),
        fc.array(fc.nat(length - 1), { maxLength: 4 }),
        async (order, again) => {
          const person = await givenPerson();
          const events = personTrace(person.subject, person.sessionId);
          const pick = (index: number) => events[index] ?? [];
          // A message that is sent again may carry another id.
          const echoes = again.flatMap(pick).map((event) => ({ ...event, id: `${event.id}-echo-${randomUUID()}` }));
          await deliver([...order.flatMap(pick), ...again.flatMap(pick), ...echoes]);
          expect(await stateOf(person)).toEqual([changed]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('in any order, a person who is deleted ends suspended, with every session ended', async () => {
    const length = personTrace('x', 'x', { deleted: true }).length;
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...Array(length).keys()], { minLength: length }), async (order) => {
        const person = await givenPerson();
        const events = personTrace(person.subject, person.sessionId, { deleted: true });
        await deliver(order.flatMap((index) => events[index] ?? []));
        // What came after the deletion was told is not looked at any more: the name is whichever was known then.
        expect(await stateOf(person)).toMatchObject([
          { is_suspended: true, is_deleted: true, sessions: deleted.sessions },
        ]);
      }),
      { numRuns: 40 },
    );
  });

  test('an admin who lets a deleted person in again is not overruled by a repetition of the event', async () => {
    const person = await givenPerson();
    const events = personTrace(person.subject, person.sessionId, { deleted: true });
    await deliver(events);
    await database.admin.query('update app.profiles set suspended_at = null where subject = $1', [person.subject]);
    const last = events.at(-1);
    if (last) await deliver([{ ...last, id: `${last.id}-again` }]);
    expect(await stateOf(person)).toMatchObject([{ is_suspended: false, is_deleted: true }]);
  });

  test('what a newer token says is not overwritten by an older event, nor a newer event by an older token', async () => {
    const amelia = { subject: 'user_amelia_hart', sessionId: 'sess_user_amelia_hart' };
    const now = Math.floor(Date.now() / 1000);
    const signIn = (name: string, iat: number) =>
      database.asUser(claimsOf('amelia', { name, iat }), (client) => client.query('select api.sign_in()'), {
        keep: true,
      });
    const told = (first: string, at: number): ClerkEvent => ({
      id: randomUUID(),
      type: 'user.updated',
      at: new Date(at * 1000),
      data: personOf(amelia.subject, {
        first,
        last: null,
        email: 'amelia.hart@example.com',
        updatedAt: new Date(at * 1000),
      }),
    });
    const name = async () =>
      (
        await database.admin.query<{ display_name: string }>(
          'select display_name from app.profiles where subject = $1',
          [amelia.subject],
        )
      ).rows[0]?.display_name;

    await signIn('By the first token', now - 40);
    await fold(told('By an older event', now - 50));
    expect(await name()).toBe('By the first token');
    await fold(told('By a newer event', now - 30));
    expect(await name()).toBe('By a newer event');
    await signIn('By an older token', now - 35);
    expect(await name()).toBe('By a newer event');
    await signIn('By a newer token', now - 20);
    expect(await name()).toBe('By a newer token');
  });

  test('somebody who never signed in here gets no profile, but their ended session is denied', async () => {
    const subject = `user_${randomUUID()}`;
    const events = personTrace(subject, `sess_${subject}`, { deleted: true });
    const outcomes: string[] = [];
    for (const event of events) outcomes.push(await fold(event));
    expect(outcomes).toEqual([...Array(6).fill('ignored'), 'processed', 'processed', 'ignored']);
    expect((await database.admin.query('select from app.profiles where subject = $1', [subject])).rowCount).toBe(0);
    const { rows } = await database.admin.query('select profile_id, deny_reason from authz.sessions where id = $1', [
      `sess_${subject}`,
    ]);
    expect(rows).toEqual([{ profile_id: null, deny_reason: 'Ended at the identity provider.' }]);
  });

  test('a token of a session that Clerk ended is refused', async () => {
    const sid = `sess_${randomUUID()}`;
    const ask = () => database.asUser(claimsOf('ben', { sid }), (client) => client.query('select from api.videos'));
    await ask();
    await fold({
      id: randomUUID(),
      type: 'session.revoked',
      at: new Date(),
      data: { id: sid, user_id: 'user_ben_okafor' },
    });
    await expect(ask()).rejects.toMatchObject({ code: 'PT401', hint: 'auth.session_denied' });
  });

  test.each([
    ['user.updated', {}],
    ['user.updated', { id: '' }],
    ['session.ended', { user_id: 'user_1' }],
  ])('an event %s with %j cannot be read and raises', async (type, data) => {
    await expect(fold({ id: randomUUID(), type, data, at: new Date() })).rejects.toThrow();
  });

  test.each(['organization.created', 'session.created', 'something.new'])(
    'an event %s is kept and ignored',
    async (type) => {
      expect(await fold({ id: randomUUID(), type, data: { id: 'x' }, at: new Date() })).toBe('ignored');
    },
  );
});
