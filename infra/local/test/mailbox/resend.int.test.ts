import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resend } from 'resend';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Mailbox, startMailbox } from '../../src/mailbox/index.ts';

const apiKey = 're_test_0123456789';
const from = 'Motion Mavericks <no-reply@example.com>';
const mail = { from, to: 'amelia.hart@example.com', subject: 'Your video is ready', text: 'It is ready to be shared.' };
let folder: string;
let mailbox: Mailbox;
let resend: Resend;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mm-mailbox-'));
  mailbox = await startMailbox({ dataDir: folder, apiKey });
  resend = client(apiKey);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await mailbox.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The vendor's SDK, pointed at the double the way the product is: by RESEND_BASE_URL. */
function client(key: string): Resend {
  vi.stubEnv('RESEND_BASE_URL', mailbox.url);
  return new Resend(key);
}

const subjects = async () => {
  const page = await (await fetch(mailbox.url)).text();
  return [...page.matchAll(/class="subject">([^<]*)</g)].map(([, subject]) => subject);
};

test('a mail that was sent can be retrieved, listed and read', async () => {
  const sent = await resend.emails.send({
    ...mail,
    html: '<p>It is <b>ready</b>.</p>',
    replyTo: 'help@example.com',
    tags: [{ name: 'kind', value: 'ready' }],
  });
  expect(sent.error).toBeNull();
  const id = sent.data?.id ?? '';
  const { data } = await resend.emails.get(id);
  expect(data).toMatchObject({
    object: 'email',
    id,
    from,
    to: ['amelia.hart@example.com'],
    subject: 'Your video is ready',
    html: '<p>It is <b>ready</b>.</p>',
    reply_to: ['help@example.com'],
    tags: [{ name: 'kind', value: 'ready' }],
    last_event: 'delivered',
  });
  expect(await subjects()).toEqual(['Your video is ready']);
  const page = await fetch(`${mailbox.url}/emails/${id}`, { headers: { accept: 'text/html' } });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('It is ready to be shared.');
});

test('mails outlive a restart of the mailbox, and so do idempotency keys', async () => {
  const { data } = await resend.emails.send(mail, { idempotencyKey: 'ready/1' });
  await mailbox.close();
  mailbox = await startMailbox({ dataDir: folder, apiKey });
  resend = client(apiKey);
  expect((await resend.emails.get(data?.id ?? '')).data?.subject).toBe(mail.subject);
  expect((await resend.emails.send(mail, { idempotencyKey: 'ready/1' })).data?.id).toBe(data?.id);
  expect(await subjects()).toEqual([mail.subject]);
});

test('the same key and body send once; the same key with another body is a conflict and sends nothing', async () => {
  const first = await resend.emails.send(mail, { idempotencyKey: 'ready/2' });
  const second = await resend.emails.send(mail, { idempotencyKey: 'ready/2' });
  expect(second.data?.id).toBe(first.data?.id);
  const other = await resend.emails.send({ ...mail, subject: 'Another' }, { idempotencyKey: 'ready/2' });
  expect(other.error).toEqual({
    statusCode: 409,
    name: 'invalid_idempotent_request',
    message: 'Same idempotency key used with a different request payload.',
  });
  const third = await resend.emails.send(mail, { idempotencyKey: 'ready/3' });
  expect(third.data?.id).not.toBe(first.data?.id);
  expect(await subjects()).toEqual([mail.subject, mail.subject]);
});

test('twenty parallel sends with one key are one mail', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => resend.emails.send(mail, { idempotencyKey: 'ready/parallel' })),
  );
  expect(new Set(answers.map(({ data }) => data?.id)).size).toBe(1);
  expect(await subjects()).toEqual([mail.subject]);
});

test('an idempotency key of more than 256 characters is refused', async () => {
  const { error } = await resend.emails.send(mail, { idempotencyKey: 'k'.repeat(257) });
  expect(error).toMatchObject({ statusCode: 400, name: 'invalid_idempotency_key' });
});

test('a request that failed keeps no hold on its key', async () => {
  const failed = await resend.emails.send({ ...mail, to: 'nobody' }, { idempotencyKey: 'ready/4' });
  expect(failed.error?.statusCode).toBe(422);
  expect((await resend.emails.send(mail, { idempotencyKey: 'ready/4' })).error).toBeNull();
});

test.each([
  ['from', { from: 'Motion Mavericks' }, 422],
  ['to', { to: 'amelia' }, 422],
  ['to', { to: ['amelia.hart@example.com', 'x@y'] }, 422],
  ['cc', { cc: 'a b@example.com' }, 422],
  ['to', { to: Array.from({ length: 51 }, (_, index) => `p${index}@example.com`) }, 422],
  ['subject', { subject: 'Hello\r\nBcc: somebody@example.com' }, 422],
  ['text', { text: '' }, 422],
  ['tags', { tags: [{ name: 'with space', value: 'x' }] }, 422],
])('a wrong %s is refused in Resend’s shape and named: %j', async (field, change, status) => {
  const { data, error } = await resend.emails.send({ ...mail, ...change });
  expect(data).toBeNull();
  expect(error).toMatchObject({
    statusCode: status,
    name: 'validation_error',
    message: expect.stringContaining(`\`${field}`),
  });
  expect(await subjects()).toEqual([]);
});

test.each(['from', 'to', 'subject'])('a missing %s is named', async (field) => {
  const body = JSON.stringify({ ...mail, [field]: undefined });
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const answer = await fetch(`${mailbox.url}/emails`, { method: 'POST', headers, body });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toEqual({
    statusCode: 422,
    name: 'missing_required_field',
    message: `Missing \`${field}\` field.`,
  });
});

test('a sender of a domain that is not verified is refused', async () => {
  const { error } = await resend.emails.send({ ...mail, from: 'somebody@elsewhere.example.net' });
  expect(error).toMatchObject({
    statusCode: 403,
    name: 'validation_error',
    message: expect.stringContaining('elsewhere.example.net'),
  });
});

test('an attachment with neither content nor path is refused', async () => {
  const { error } = await resend.emails.send({ ...mail, attachments: [{ filename: 'empty.txt' }] });
  expect(error).toMatchObject({ statusCode: 422, name: 'invalid_attachment' });
});

test('no key, or a wrong one, sends nothing', async () => {
  expect((await client('re_wrong').emails.send(mail)).error).toMatchObject({
    statusCode: 403,
    name: 'invalid_api_key',
  });
  const answer = await fetch(`${mailbox.url}/emails`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(mail),
  });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ name: 'missing_api_key' });
  expect(await subjects()).toEqual([]);
});

test('a batch is sent whole or, when one of it is wrong, not at all', async () => {
  const good = await resend.batch.send([mail, { ...mail, subject: 'Second' }]);
  expect(good.data?.data.map(({ id }) => id)).toHaveLength(2);
  const bad = await resend.batch.send([mail, { ...mail, to: 'nobody' }]);
  expect(bad.error).toMatchObject({ statusCode: 422, name: 'validation_error' });
  expect(await subjects()).toEqual(['Second', mail.subject]);
});

test('a permissive batch sends what is right and tells what is not', async () => {
  const { data } = await resend.batch.send([mail, { ...mail, to: 'nobody' }], { batchValidation: 'permissive' });
  expect(data?.data).toHaveLength(1);
  expect(data?.errors).toEqual([{ index: 1, message: expect.stringContaining('`to`') }]);
});

test('a batch of more than 100 is refused', async () => {
  const { error } = await resend.batch.send(Array.from({ length: 101 }, () => mail));
  expect(error).toMatchObject({ statusCode: 422, name: 'validation_error' });
});

test('an unknown or malformed id is answered as Resend does', async () => {
  expect((await resend.emails.get('7b6f5cb0-6a0b-4f0a-9a3e-000000000000')).error).toMatchObject({
    statusCode: 404,
    name: 'not_found',
  });
  expect((await resend.emails.get('1')).error).toMatchObject({ statusCode: 422, name: 'invalid_parameter' });
});

test('a mail’s HTML is shown in a frame that can run and load nothing', async () => {
  const html = '<script>parent.document.title = "taken"</script><img src="http://tracker.example/p.gif"><p>Hello</p>';
  const { data } = await resend.emails.send({ ...mail, subject: '<b>bold</b>', html });
  const page = await (await fetch(`${mailbox.url}/read/${data?.id}`)).text();
  expect(page).toContain('<iframe sandbox title=');
  expect(page).not.toContain('<script');
  expect(page).toContain('&lt;b&gt;bold&lt;/b&gt;');
  const policy = (await fetch(`${mailbox.url}/read/${data?.id}/body`)).headers.get('content-security-policy') ?? '';
  expect(policy.split('; ')).toEqual(expect.arrayContaining(['sandbox', "default-src 'none'", 'img-src data:']));
  expect(policy).not.toContain('script-src');
});

test('the mailbox refuses to start in production', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  await expect(startMailbox({ dataDir: folder, apiKey })).rejects.toThrow(/NODE_ENV is "production"/);
});
