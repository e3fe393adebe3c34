import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { only, profileOf } from '../src/arrange.ts';
import { createTestDatabase, personas, type TestDatabase } from '../src/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

async function receive(type: string, emailId: string | undefined, at = new Date()): Promise<string> {
  const body = JSON.stringify({
    type,
    created_at: at.toISOString(),
    data: { email_id: emailId, to: ['a@example.com'] },
  });
  return only(
    await database.service.query<{ id: string }>(
      `select id from app.receive_webhook('resend', $1, $2, $3, $4, now(), false)`,
      [`msg_${randomUUID()}`, type, emailId, Buffer.from(body)],
    ),
  ).id;
}
const fold = async (id: string) =>
  only(await database.service.query<{ outcome: string }>('select app.fold_webhook_event($1) as outcome', [id])).outcome;

/** A mail that was enqueued; `record` tells, like the worker, that Resend took it. */
async function givenMail() {
  await database.admin.query('delete from app.notifications');
  const amelia = await profileOf(database, personas.amelia.subject);
  await database.service.query(`select app.enqueue_notification('share.issued', $1, $2, '{}')`, [amelia, randomUUID()]);
  const { id } = only(
    await database.service.query<{ id: string }>(`select id from app.claim_deliveries(10) where channel = 'email'`),
  );
  const emailId = randomUUID();
  return {
    emailId,
    record: () => database.service.query(`select app.record_delivery_sent($1, $2, 'v1')`, [id, emailId]),
    state: async () =>
      only(
        await database.admin.query<{ state: string }>('select state from app.notification_deliveries where id = $1', [
          id,
        ]),
      ).state,
  };
}

describe('folding the events of Resend', () => {
  test.each(['email.bounced', 'email.complained'])('%s ends the delivery, however often it comes', async (type) => {
    const mail = await givenMail();
    await mail.record();
    expect(await fold(await receive(type, mail.emailId))).toBe('processed');
    expect(await fold(await receive(type, mail.emailId))).toBe('processed');
    expect(await mail.state()).toBe('bounced');
  });

  test('a bounce that is faster than the record of the mail comes again', async () => {
    const mail = await givenMail();
    const event = await receive('email.bounced', mail.emailId);
    await expect(fold(event)).rejects.toThrow('No mail with this id is known yet.');
    await mail.record();
    expect(await fold(event)).toBe('processed');
    expect(await mail.state()).toBe('bounced');
  });

  test('a bounce of a mail that is nobody’s here is ignored once its record could not be late any more', async () => {
    expect(await fold(await receive('email.bounced', randomUUID(), new Date(Date.now() - 301_000)))).toBe('ignored');
  });

  test('a bounce without the id of a mail cannot be read', async () => {
    await expect(fold(await receive('email.bounced', undefined))).rejects.toThrow('without an id');
  });

  test.each(['email.delivered', 'email.opened', 'something.new'])('%s is kept and ignored', async (type) => {
    const mail = await givenMail();
    await mail.record();
    expect(await fold(await receive(type, mail.emailId))).toBe('ignored');
    expect(await mail.state()).toBe('sent');
  });
});
