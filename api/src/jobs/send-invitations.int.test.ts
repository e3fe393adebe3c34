import { randomUUID } from 'node:crypto';
import { claimsOf, createTestDatabase, type TestDatabase } from '@mm/tests';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ClerkDouble, startClerkDouble } from '../../test/clerk-double.ts';
import type { InvitingDoor } from '../identity/clerk-invitations.ts';
import { sendInvitations } from './send-invitations.ts';

let database: TestDatabase;
let clerk: ClerkDouble;
beforeAll(async () => {
  [database, clerk] = await Promise.all([createTestDatabase(), startClerkDouble()]);
});
afterEach(async () => {
  clerk.accidents.length = 0;
  await database.admin.query('delete from app.invitations');
  await database.admin.query('delete from app.alerts');
});
afterAll(async () => {
  await clerk?.close();
  await database?.close();
});

interface Row {
  readonly state: string;
  readonly pending_step: string | null;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly provider_id: string | null;
}

/** As an administrator who has just confirmed. */
async function act<Answer>(statement: string, values: unknown[]): Promise<Answer> {
  const { rows } = await database.asUser(
    claimsOf('priya', { sid: randomUUID() }),
    (client) => client.query(statement, values),
    { keep: true },
  );
  return rows[0] as Answer;
}
async function invite(role = 'coach'): Promise<{ id: string; email: string }> {
  const email = `${randomUUID()}@club.example`;
  const { id } = await act<{ id: string }>('select * from api.invite_person($1, $2)', [email, role]);
  return { id, email };
}
const resend = (id: string) => act('select * from api.resend_invitation($1)', [id]);
const revoke = (id: string) => act(`select * from api.revoke_invitation($1, 'The wrong address')`, [id]);
const rowOf = async (id: string): Promise<Row | undefined> =>
  (
    await database.admin.query<Row>(
      'select state, pending_step, attempts, last_error, provider_id from app.invitations where id = $1',
      [id],
    )
  ).rows[0];
const makeDue = () => database.admin.query('update app.invitations set next_attempt_at = now()');
const run = (door: InvitingDoor = clerk.door) =>
  sendInvitations({
    database: { query: async ({ text }, values) => (await database.service.query(text, [...values])).rows },
    log: pino({ level: 'silent' }),
    door,
  });
const statusesAt = async (email: string) => (await clerk.invitationsOf(email)).map(({ status }) => status);

describe('an invitation', () => {
  it('is made at Clerk with its role and its id, mailed once, and told as sent', async () => {
    const { id, email } = await invite('operator');
    expect(await run()).toBe(1);
    const [made] = await clerk.invitationsOf(email);
    expect(made).toMatchObject({
      status: 'pending',
      public_metadata: { role: 'mm_operator', invitation: id, sending: 1 },
    });
    expect(await rowOf(id)).toEqual({
      state: 'sent',
      pending_step: null,
      attempts: 0,
      last_error: null,
      provider_id: made?.id,
    });
    await expect.poll(() => clerk.linksFor(email)).toHaveLength(1);
    expect(await run()).toBe(0);
  });

  it('that is sent again has a new link, and the one before opens nothing', async () => {
    const { id, email } = await invite();
    await run();
    await expect.poll(() => clerk.linksFor(email)).toHaveLength(1);
    const [before = ''] = await clerk.linksFor(email);
    await resend(id);
    await run();
    await expect.poll(() => clerk.linksFor(email)).toHaveLength(2);
    expect(await statusesAt(email)).toEqual(['pending', 'revoked']);
    const after = (await clerk.linksFor(email)).find((link) => link !== before) ?? '';
    expect((await fetch(before)).status).toBe(410);
    expect((await fetch(after)).status).toBe(200);
  });

  it('that is revoked is withdrawn at Clerk, and its link opens nothing', async () => {
    const { id, email } = await invite();
    await run();
    await revoke(id);
    expect(await run()).toBe(1);
    expect(await statusesAt(email)).toEqual(['revoked']);
    expect(await rowOf(id)).toMatchObject({ state: 'revoked', pending_step: null });
    await expect.poll(() => clerk.linksFor(email)).toHaveLength(1);
    const [link = ''] = await clerk.linksFor(email);
    expect((await fetch(link)).status).toBe(410);
  });

  it('that was revoked before it was sent is never made', async () => {
    const { id, email } = await invite();
    await revoke(id);
    await run();
    expect(await statusesAt(email)).toEqual([]);
  });

  it('is made once when Clerk did what was asked and its answer was lost', async () => {
    const { id, email } = await invite();
    clerk.accidents.push({ method: 'POST', lost: true });
    await run();
    expect(await rowOf(id)).toMatchObject({ state: 'queued', attempts: 1, last_error: 'clerk.no_answer' });
    await makeDue();
    await run();
    expect(await rowOf(id)).toMatchObject({ state: 'sent' });
    expect(await statusesAt(email)).toEqual(['pending']);
    await expect.poll(() => clerk.linksFor(email)).toHaveLength(1);
  });

  it('that is revoked while a worker makes it is withdrawn when that worker must have ended', async () => {
    const { id, email } = await invite();
    const meddling: InvitingDoor = {
      ...clerk.door,
      create: async (wanted) => {
        const made = await clerk.door.create(wanted);
        await revoke(id);
        return made;
      },
    };
    expect(await run(meddling)).toBe(1);
    expect(await rowOf(id)).toMatchObject({ state: 'revoked', pending_step: 'withdraw' });
    expect(await statusesAt(email)).toEqual(['pending']);
    expect(await run()).toBe(0);
    await makeDue();
    expect(await run()).toBe(1);
    expect(await statusesAt(email)).toEqual(['revoked']);
  });

  it.each(['GET', 'POST'])(
    'comes again when %s fails for a while, and asks no sooner than Clerk wants',
    async (method) => {
      const { id } = await invite();
      clerk.accidents.push({ method, status: 429, retryAfter: 600 });
      await run();
      expect(await rowOf(id)).toMatchObject({ state: 'queued', attempts: 1, last_error: 'clerk.out_of_order' });
      const { rows } = await database.admin.query<{ wait: number }>(
        'select extract(epoch from next_attempt_at - now())::float8 as wait from app.invitations where id = $1',
        [id],
      );
      expect(rows[0]?.wait).toBeGreaterThan(590);
      expect(await run()).toBe(0);
      await makeDue();
      await run();
      expect(await rowOf(id)).toMatchObject({ state: 'sent' });
    },
  );

  it('of an address that Clerk has an account of fails at once, with a code and no alert', async () => {
    const { id } = await act<{ id: string }>(
      `select * from api.invite_person('playback-canary@example.com', 'coach')`,
      [],
    );
    await run();
    expect(await rowOf(id)).toMatchObject({ state: 'failed', last_error: 'clerk.form_identifier_exists' });
    expect((await database.admin.query('select from app.alerts')).rowCount).toBe(0);
  });

  it('of an address that was invited by hand at Clerk fails at once, and leaves that one alone', async () => {
    const { id, email } = await invite();
    await clerk.inviteByHand(email);
    await run();
    expect(await rowOf(id)).toMatchObject({ state: 'failed', last_error: 'clerk.duplicate_record' });
    expect(await statusesAt(email)).toEqual(['pending']);
  });

  it('fails after the last attempt, and operations are told without an address', async () => {
    const { id, email } = await invite();
    await run(clerk.strangersDoor);
    expect(await rowOf(id)).toMatchObject({ state: 'queued', last_error: 'clerk.clerk_key_invalid' });
    await database.admin.query('update app.invitations set attempts = 11, next_attempt_at = now()');
    await run(clerk.strangersDoor);
    expect(await rowOf(id)).toMatchObject({ state: 'failed', attempts: 12 });
    const { rows } = await database.admin.query<{ text: string }>(
      'select row_to_json(a)::text as text from app.alerts a',
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.text).toContain('invitation.failing');
    expect(rows[0]?.text).not.toContain(email);
    await resend(id);
    await run();
    expect(await rowOf(id)).toMatchObject({ state: 'sent' });
    expect((await database.admin.query(`select from app.alerts where state <> 'resolved'`)).rowCount).toBe(0);
  });
});
