import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { givenShare, givenVideo } from '../../test/fixtures.ts';
import { type IntegrationApp, startIntegrationApp } from '../../test/integration-app.ts';
import { type MailDouble, startMailDouble } from '../../test/mail-double.ts';
import { parseConfig } from '../config.ts';
import { createMailer } from '../mail/mailer.ts';
import { renderNotice } from '../mail/notice-templates.ts';
import { deliverNotices } from './deliver-notices.ts';
import { startWorker } from './worker.ts';

let subject: IntegrationApp;
let mail: MailDouble;
beforeAll(async () => {
  subject = await startIntegrationApp();
  mail = await startMailDouble();
});
afterEach(async () => {
  mail.outages.length = 0;
  mail.keys.length = 0;
  await subject.database.admin.query('delete from app.notifications');
});
afterAll(async () => {
  await mail?.close();
  await subject?.close();
});

interface Row {
  readonly id: string;
  readonly channel: string;
  readonly state: string;
  readonly suppressed_by: string | null;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly provider_id: string | null;
  readonly template_version: string | null;
}

const deliveries = async () =>
  (
    await subject.database.admin.query<Row>(
      `select id, channel, state, suppressed_by, attempts, last_error, provider_id, template_version
       from app.notification_deliveries order by created_at, id`,
    )
  ).rows;

const variables = { count: 1, videoTitles: ['Deep squat'], reason: 'Wrong person' };
const tell = (kind = 'share.revoked', facts: object = variables) =>
  subject.database.admin.query(
    `select app.enqueue_notification($1, (select id from app.profiles where subject = 'user_amelia_hart'), $2, $3)`,
    [kind, randomUUID(), JSON.stringify(facts)],
  );
const makeDue = () => subject.database.admin.query('update app.notification_deliveries set next_attempt_at = now()');

const workerConfig = () => parseConfig({ ...subject.environment, ...mail.environment }, 'worker');

async function run(): Promise<number> {
  const { mail: settings } = workerConfig();
  if (settings === undefined) {
    throw new Error('No mail is configured.');
  }
  return deliverNotices({
    database: { query: async ({ text }, values) => (await subject.database.service.query(text, [...values])).rows },
    log: pino({ level: 'silent' }),
    send: createMailer(settings),
    adminUrl: `${subject.origin}/admin/`,
  });
}

describe('a notice', () => {
  it('of every kind that goes by mail has a template', async () => {
    const { rows } = await subject.database.admin.query<{ id: string }>(
      `select id from app.notification_kinds where 'email' = any (channels) order by id`,
    );
    expect(rows.length).toBeGreaterThan(10);
    const fitting = { ...variables, severity: 'critical', title: 'It stands still' };
    for (const { id } of rows) {
      const { mail: written } = renderNotice(id, fitting, {
        displayName: null,
        adminUrl: 'https://videos.example/admin/',
      });
      expect(written.subject.length, id).toBeGreaterThan(5);
    }
  });

  it('of a link that an administrator revoked reaches its coach, by the worker', async () => {
    const share = await givenShare(subject.database, await givenVideo(subject.database, { title: 'Deep squat' }));
    await subject.database.asUser(
      'priya',
      (client) => client.query(`select api.revoke_share_token($1, 'Sent to the wrong club')`, [share.id]),
      { keep: true },
    );
    const worker = await startWorker(workerConfig(), pino({ level: 'silent' }));
    try {
      await vi.waitFor(async () => expect(await deliveries()).toMatchObject([{ state: 'sent' }]), {
        timeout: 15_000,
        interval: 100,
      });
    } finally {
      await worker.close();
    }
    const [sent] = await deliveries();
    expect(sent).toMatchObject({ attempts: 1, template_version: 'share.revoked/1', last_error: null });
    const { data } = await mail.mailOf(sent?.provider_id ?? null);
    expect(data?.text).toContain('Reason: Sent to the wrong club');
    expect(data?.text).toContain('Video: Deep squat.');
    expect(data?.text).not.toContain(share.publicId);
  });

  it('is mailed once, and only by mail: what is for a channel of the team stays', async () => {
    await tell();
    await subject.database.service.query(
      `select app.enqueue_slack_notification('alert.raised', 'platform', $1, '{}')`,
      [randomUUID()],
    );
    expect(await run()).toBe(1);
    expect(await run()).toBe(0);
    expect(await deliveries()).toMatchObject([
      { channel: 'email', state: 'sent' },
      { channel: 'slack', state: 'queued', attempts: 0 },
    ]);
    expect(mail.keys).toHaveLength(1);
  });

  it('that the provider does not take comes again, under the same key, without the address on record', async () => {
    mail.outages.push(503);
    await tell();
    expect(await run()).toBe(0);
    const [failed] = await deliveries();
    expect(failed).toMatchObject({ state: 'queued', attempts: 1 });
    expect(failed?.last_error).toContain('application_error');
    expect(failed?.last_error).not.toContain('@');
    expect(await run()).toBe(0);
    await makeDue();
    expect(await run()).toBe(1);
    expect(await deliveries()).toMatchObject([{ state: 'sent', attempts: 2 }]);
    expect(new Set(mail.keys).size).toBe(1);
  });

  it('that would be refused again and again has failed at once: a bad address, variables that fit no template', async () => {
    mail.outages.push(422);
    await tell();
    expect(await run()).toBe(0);
    expect(await deliveries()).toMatchObject([{ state: 'failed', attempts: 1 }]);
    await tell('share.revoked', { count: 1 });
    expect(await run()).toBe(0);
    const [, unfit] = await deliveries();
    expect(unfit).toMatchObject({
      state: 'failed',
      last_error: 'The variables of share.revoked do not fit its template: videoTitles, reason.',
    });
    expect(mail.keys).toHaveLength(1);
  });

  it('that somebody switched off is mailed to nobody', async () => {
    await subject.database.asUser(
      'amelia',
      (client) => client.query(`select api.set_notification_preference('share.revoked', 'email', false)`),
      { keep: true },
    );
    await tell();
    expect(await run()).toBe(0);
    expect(await deliveries()).toMatchObject([{ state: 'suppressed', suppressed_by: 'preference' }]);
    expect(mail.keys).toEqual([]);
    await subject.database.admin.query('delete from app.notification_preferences');
  });
});
