import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { only, profileOf } from '../src/arrange.ts';
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
beforeEach(() => database.admin.query('delete from app.erasure_requests; delete from app.legal_holds'));
afterAll(() => database?.close());

/** Every call with a confirmation of its own. */
const helen = (overrides: Claims = {}): Claims => claimsOf('helen', { sid: randomUUID(), ...overrides });

async function call(who: PersonaName | Claims, statement: string, values: unknown[]): Promise<Record<string, unknown>> {
  return database.asUser(who, async (client) => only(await client.query(statement, values)), { keep: true });
}

const request = (who: PersonaName | Claims, reason: string | null = 'I am leaving') =>
  call(who, 'select * from api.request_erasure($1)', [reason]);
const requestFor = (who: PersonaName | Claims, email: string | null, reason = 'Asked by letter') =>
  call(who, 'select * from api.request_erasure_for($1, $2)', [email, reason]);
const decide = (what: 'approve' | 'decline' | 'withdraw', who: PersonaName | Claims, id: unknown, reason = 'Checked') =>
  call(who, `select * from api.${what}_erasure($1, $2)`, [id, reason]);
const hold = async (who: PersonaName | Claims, subject: string, reason = 'Court order') =>
  call(who, 'select * from api.place_hold($1, $2)', [await profileOf(database, subject), reason]);
const lift = (who: PersonaName | Claims, id: unknown, reason = 'Case closed') =>
  call(who, 'select * from api.lift_hold($1, $2)', [id, reason]);

const { amelia, ben } = personas;

describe('requests to erase', () => {
  test('a coach asks for the erasure of their own account, due in 24 hours, and only they and compliance staff read it', async () => {
    const { id } = await request('amelia', '  I am leaving  ');
    const { rows } = await database.admin.query(
      `select reason, state, due_at - requested_at = interval '24 hours' as in_a_day from app.erasure_requests where id = $1`,
      [id],
    );
    expect(rows).toEqual([{ reason: 'I am leaving', state: 'requested', in_a_day: true }]);
    const readers = async (who: PersonaName) =>
      database.asUser(who, async (client) => (await client.query('select id from api.erasure_requests')).rows);
    expect(await readers('amelia')).toEqual([{ id }]);
    expect(await readers('helen')).toEqual([{ id }]);
    expect(await readers('ben')).toEqual([]);
    await expect(readers('priya')).rejects.toMatchObject({ code: '42501' });
  });

  test('compliance staff open one for whoever asked otherwise, by the address of their account', async () => {
    const { id } = await requestFor('helen', ` ${ben.email.toUpperCase()} `);
    const { rows } = await database.asUser('ben', (client) => client.query('select id from api.erasure_requests'));
    expect(rows).toEqual([{ id }]);
    expect(await refusalOf(requestFor('helen', 'nobody@example.com'))).toMatchObject({
      status: 404,
      code: 'profile.not_found',
      fields: [{ pointer: '#/email' }],
    });
    await expect(requestFor('priya', amelia.email)).rejects.toMatchObject({ code: '42501' });
  });

  test('there is one at a time for an account, also when two ask at the same moment', async () => {
    const results = await Promise.allSettled([request('amelia'), requestFor('helen', amelia.email)]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const failed = results.find((result) => result.status === 'rejected');
    expect(await refusalOf(Promise.reject(failed?.reason))).toMatchObject({
      status: 409,
      code: 'erasure.already_requested',
    });
  });

  test('whoever it is about withdraws it, and nobody else, and may ask again', async () => {
    const { id } = await request('amelia');
    expect(await refusalOf(decide('withdraw', 'ben', id))).toMatchObject({ status: 404, code: 'erasure.not_found' });
    expect(await decide('withdraw', 'amelia', id, 'I stay')).toEqual({ id, state: 'withdrawn' });
    expect(await refusalOf(decide('approve', helen(), id))).toMatchObject({ status: 409, code: 'erasure.decided' });
    await request('amelia');
  });

  test('an approval needs a fresh confirmation and plans a step for every personal column', async () => {
    const { id } = await request('amelia');
    expect(await refusalOf(decide('approve', helen({ fva: [11, -1] }), id))).toMatchObject({
      status: 403,
      code: 'auth.step_up_required',
    });
    const { step_count } = await decide('approve', helen(), id);
    const planned = await database.asUser('amelia', (client) =>
      client.query(
        `select target as id, action from api.erasure_steps where column_name is not null and target = table_name || '.' || column_name
         order by 1`,
      ),
    );
    const besides = await database.asUser('amelia', (client) =>
      client.query(
        `select system, action, target from api.erasure_steps where column_name is null order by phase, system, action`,
      ),
    );
    const { rows: personal } = await database.admin.query(
      `select id, erasure as action from api.data_catalogue where class = 'personal' order by 1`,
    );
    expect(planned.rows).toEqual(personal);
    expect(besides.rows).toEqual([
      { system: 'postgres', action: 'deny', target: 'sessions' },
      { system: 'postgres', action: 'revoke', target: 'share links' },
      { system: 'postgres', action: 'suspend', target: 'account' },
      { system: 'postgres', action: 'withdraw', target: 'videos' },
      { system: 'clerk', action: 'delete', target: 'account' },
      { system: 'resend', action: 'delete', target: 'contact and mails' },
    ]);
    expect(step_count).toBe(personal.length + besides.rows.length);
    expect(personal).toContainEqual({ id: 'app.profiles.email', action: 'clear' });
  });

  test('a decision is final, and is an entry of the audit log with its reason', async () => {
    const { id } = await request('amelia');
    await decide('decline', helen(), id, 'Identity not proven');
    for (const what of ['approve', 'decline'] as const) {
      expect(await refusalOf(decide(what, helen(), id))).toMatchObject({ status: 409, code: 'erasure.decided' });
    }
    const { rows } = await database.admin.query(
      `select action, reason from audit.entries where object_id = $1 and action <> 'erasure_request.created'`,
      [id],
    );
    expect(rows).toEqual([{ action: 'erasure_request.declined', reason: 'Identity not proven' }]);
  });

  test('nobody decides about the erasure of their own account', async () => {
    const { id } = await requestFor('helen', personas.helen.email);
    for (const what of ['approve', 'decline'] as const) {
      expect(await refusalOf(decide(what, helen(), id))).toMatchObject({ status: 403, code: 'erasure.own_request' });
    }
  });

  test('what is missing or too long is refused at its field', async () => {
    expect(await refusalOf(request('amelia', null))).toMatchObject({ status: 422, fields: [{ pointer: '#/reason' }] });
    expect(await refusalOf(requestFor('helen', null, 'x'))).toMatchObject({
      status: 422,
      fields: [{ pointer: '#/reason' }, { pointer: '#/email' }],
    });
    expect(await refusalOf(decide('decline', helen(), randomUUID()))).toMatchObject({
      status: 404,
      code: 'erasure.not_found',
    });
  });
});

describe('legal holds', () => {
  test('while a hold stands no erasure is approved; once lifted it is', async () => {
    const { id } = await request('amelia');
    const { id: holdId } = await hold('helen', amelia.subject);
    const session = helen();
    expect(await refusalOf(decide('approve', session, id))).toMatchObject({ status: 409, code: 'erasure.held' });
    await lift('helen', holdId);
    expect(await decide('approve', session, id)).toMatchObject({ state: 'approved' });
  });

  test('of a hold and an approval at the same moment the hold stands, and nothing is erased', async () => {
    const { id } = await request('amelia');
    const [approved, held] = await Promise.allSettled([decide('approve', helen(), id), hold('helen', amelia.subject)]);
    expect(held.status).toBe('fulfilled');
    if (approved.status === 'rejected') {
      expect(await refusalOf(Promise.reject(approved.reason))).toMatchObject({ status: 409, code: 'erasure.held' });
    }
    const { rows } = await database.service.query('select step_id from app.claim_erasure_step()');
    expect(rows).toEqual([{ step_id: null }]);
  });

  test('one hold stands at a time, and a lifted one stays lifted', async () => {
    const { id } = await hold('helen', amelia.subject);
    expect(await refusalOf(hold('helen', amelia.subject))).toMatchObject({ status: 409, code: 'hold.already_placed' });
    await lift('helen', id);
    expect(await refusalOf(lift('helen', id))).toMatchObject({ status: 409, code: 'hold.already_lifted' });
    const undone = database.admin.query(
      'update app.legal_holds set lifted_at = null, lifted_by = null, lift_reason = null where id = $1',
      [id],
    );
    expect(await refusalOf(undone)).toMatchObject({ status: 409, code: 'data.immutable' });
    await hold('helen', amelia.subject);
  });

  test('nobody but compliance staff places, lifts or reads a hold, and the coach does not learn of it from the audit log', async () => {
    const { id } = await hold('helen', amelia.subject);
    for (const who of ['amelia', 'priya', 'tomas', 'grace'] as const) {
      await expect(hold(who, ben.subject)).rejects.toMatchObject({ code: '42501' });
      await expect(lift(who, id)).rejects.toMatchObject({ code: '42501' });
      const reading = database.asUser(who, (client) => client.query('select id from api.legal_holds'));
      await expect(reading).rejects.toMatchObject({ code: '42501' });
    }
    const { rows } = await database.asUser('amelia', (client) =>
      client.query('select id from api.audit_entries where object_id = $1', [id]),
    );
    expect(rows).toEqual([]);
  });

  test('an unknown person or hold is not found, and a reason is needed', async () => {
    const unknown = call('helen', 'select * from api.place_hold($1, $2)', [randomUUID(), 'Court order']);
    expect(await refusalOf(unknown)).toMatchObject({ status: 404, code: 'profile.not_found' });
    expect(await refusalOf(lift('helen', randomUUID()))).toMatchObject({ status: 404, code: 'hold.not_found' });
    expect(await refusalOf(hold('helen', amelia.subject, ' x '))).toMatchObject({ fields: [{ pointer: '#/reason' }] });
  });
});
