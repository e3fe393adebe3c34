import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type GivenShare, givenVideo, rewriteHistory } from '../../test/fixtures.ts';
import { type IntegrationApp, startIntegrationApp } from '../../test/integration-app.ts';
import { from, type MailDouble, startMailDouble } from '../../test/mail-double.ts';
import { ShareDoor } from '../../test/share-door.ts';
import { parseConfig } from '../config.ts';
import { startWorker, type Worker } from './worker.ts';

let subject: IntegrationApp;
let door: ShareDoor;
let mail: MailDouble;
let worker: Worker | undefined;

beforeAll(async () => {
  subject = await startIntegrationApp();
  door = new ShareDoor(subject, await givenVideo(subject.database));
  mail = await startMailDouble();
});
afterEach(async () => {
  await worker?.close();
  worker = undefined;
  mail.outages.length = 0;
  mail.keys.length = 0;
});
afterAll(async () => {
  await mail?.close();
  await subject?.close();
});

async function work(): Promise<void> {
  const config = parseConfig({ ...subject.environment, ...mail.environment }, 'worker');
  worker = await startWorker(config, pino({ level: 'silent' }));
}

interface Challenge {
  readonly id: string;
  readonly state: string;
  readonly address: string | null;
  readonly send_attempts: number;
  readonly last_error: string | null;
  readonly provider_id: string | null;
}

async function challengeOf(link: GivenShare): Promise<Challenge> {
  const { rows } = await subject.database.admin.query<Challenge>(
    `select id, state, address, send_attempts, last_error, provider_id from app.share_code_challenges
     where share_token_id = $1 order by created_at desc limit 1`,
    [link.id],
  );
  const [row] = rows;
  if (row === undefined) {
    throw new Error('No code was asked for.');
  }
  return row;
}

const becomes = (link: GivenShare, state: string) =>
  vi.waitFor(async () => expect(await challengeOf(link)).toMatchObject({ state }), { timeout: 20_000, interval: 100 });

/** Jobs of codes that are not done yet. */
const waitingJobs = async () =>
  (
    await subject.database.admin.query<{ count: number }>(
      `select count(*)::integer as count from pgboss.job where name = 'mail-share-code' and state in ('created', 'retry', 'active')`,
    )
  ).rows[0]?.count;

/** The requests that were about codes: the worker mails notices as well. */
const codeKeys = () => mail.keys.filter((key) => key.startsWith('share-code/'));

describe('a code that was asked for', () => {
  it('arrives by mail, and what is written there opens the link', async () => {
    const link = await door.givenRecipientLink('ann@club.example');
    await door.askCode(link, 'Ann@club.example');
    await work();
    await becomes(link, 'sent');
    const challenge = await challengeOf(link);
    expect(challenge).toMatchObject({ address: null, send_attempts: 1, last_error: null });
    const { data } = await mail.mailOf(challenge.provider_id);
    expect(data).toMatchObject({ to: ['ann@club.example'], from, subject: 'Your code to watch a shared video' });
    expect(codeKeys()).toEqual([`share-code/${challenge.id}`]);
    for (const part of [data?.html, data?.text, data?.subject]) {
      expect(part).not.toContain(link.secret);
      expect(part).not.toContain(link.publicId);
    }
    const code = /\b\d{6}\b/.exec(data?.text ?? '')?.[0];
    const { proof } = (await door.tryCode(link, 'ann@club.example', code)).body;
    expect((await door.resolve(link, { proofs: [proof] })).status).toBe(200);
  });

  it('by who is no recipient is mailed to nobody, and its job ends', async () => {
    const link = await door.givenRecipientLink('ann@club.example');
    await door.askCode(link, 'eve@evil.example');
    await work();
    await vi.waitFor(async () => expect(await waitingJobs()).toBe(0), { timeout: 10_000, interval: 100 });
    expect(await challengeOf(link)).toMatchObject({ state: 'withheld', send_attempts: 0, provider_id: null });
    expect(codeKeys()).toEqual([]);
  });

  it('is mailed under the same key until the provider takes it, whatever it answers before', async () => {
    mail.outages.push(429, 500);
    const link = await door.givenRecipientLink('ann@club.example');
    await door.askCode(link, 'ann@club.example');
    await work();
    await vi.waitFor(async () => expect((await challengeOf(link)).send_attempts).toBe(1), { timeout: 10_000 });
    await becomes(link, 'sent');
    const challenge = await challengeOf(link);
    expect(challenge.send_attempts).toBe(3);
    expect(codeKeys()).toEqual(Array.from({ length: 3 }, () => `share-code/${challenge.id}`));
  }, 40_000);

  it('that the provider refuses for good is given up, with an alert, and without the address', async () => {
    mail.outages.push(...Array.from({ length: 20 }, () => 422));
    const link = await door.givenRecipientLink('ann@club.example');
    await door.askCode(link, 'ann@club.example');
    // The last of its tries, without waiting for those before.
    await subject.database.admin.query(
      `update pgboss.job set retry_count = retry_limit where name = 'mail-share-code' and state = 'created'`,
    );
    await work();
    await becomes(link, 'failed');
    const { last_error: lastError, address } = await challengeOf(link);
    expect(address).toBeNull();
    expect(lastError).not.toContain('ann@club.example');
    const open = async () =>
      (
        await subject.database.admin.query<{ title: string; severity: string }>(
          `select title, severity from app.alerts where key = 'mail.share_code' and state <> 'resolved'`,
        )
      ).rows;
    expect(await open()).toEqual([{ title: 'Codes for share links cannot be mailed', severity: 'warning' }]);

    // The next that is taken ends the alert.
    mail.outages.length = 0;
    const next = await door.givenRecipientLink('bob@club.example');
    await door.askCode(next, 'bob@club.example');
    await becomes(next, 'sent');
    expect(await open()).toEqual([]);
  }, 40_000);

  it('whose link was revoked, or whose recipient was taken off meanwhile, is not mailed', async () => {
    const [revoked, taken] = [
      await door.givenRecipientLink('ann@club.example'),
      await door.givenRecipientLink('ann@club.example', 'bob@club.example'),
    ];
    await door.askCode(revoked, 'ann@club.example');
    await door.askCode(taken, 'ann@club.example');
    await subject.database.asUser(
      'amelia',
      async (client) => {
        await client.query(`select api.revoke_share_token($1, 'Wrong person')`, [revoked.id]);
        await client.query(`select api.update_share_token($1, 1, recipients => '{bob@club.example}')`, [taken.id]);
      },
      { keep: true },
    );
    await work();
    await becomes(revoked, 'withheld');
    await becomes(taken, 'withheld');
    expect((await challengeOf(revoked)).address).toBeNull();
    expect(codeKeys()).toEqual([]);
  });

  it('that is older than its life is not mailed any more', async () => {
    const link = await door.givenRecipientLink('ann@club.example');
    await door.askCode(link, 'ann@club.example');
    await rewriteHistory(
      subject.database,
      `update app.share_code_challenges set created_at = created_at - interval '1 hour', expires_at = expires_at - interval '1 hour'
       where share_token_id = $1`,
      [link.id],
    );
    await work();
    await becomes(link, 'failed');
    expect(codeKeys()).toEqual([]);
  });

  it('that bounced is the last to that address, for every link', async () => {
    const link = await door.givenRecipientLink('gone@club.example');
    await door.askCode(link, 'gone@club.example');
    await work();
    await becomes(link, 'sent');
    const { provider_id: emailId } = await challengeOf(link);
    const body = JSON.stringify({
      type: 'email.bounced',
      created_at: new Date().toISOString(),
      data: { email_id: emailId },
    });
    const { rows } = await subject.database.service.query<{ id: string }>(
      `select id from app.receive_webhook('resend', $1, 'email.bounced', $2, $3, now(), false)`,
      [`msg_${randomUUID()}`, emailId, Buffer.from(body)],
    );
    await subject.database.service.query('select app.fold_webhook_event($1)', [rows[0]?.id]);
    expect(await challengeOf(link)).toMatchObject({ state: 'bounced' });

    const sentBefore = codeKeys().length;
    const other = await door.givenRecipientLink('gone@club.example');
    expect((await door.askCode(other, 'gone@club.example')).status).toBe(202);
    await vi.waitFor(async () => expect(await waitingJobs()).toBe(0), { timeout: 10_000, interval: 100 });
    expect(await challengeOf(other)).toMatchObject({ state: 'withheld', address: null });
    expect(codeKeys()).toHaveLength(sentBefore);
  });
});
