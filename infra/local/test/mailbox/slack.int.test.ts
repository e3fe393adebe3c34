import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Mailbox, startMailbox } from '../../src/mailbox/index.ts';

let folder: string;
let mailbox: Mailbox;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mm-slack-'));
  mailbox = await startMailbox({ dataDir: folder, apiKey: 're_test_0123456789' });
});
afterEach(async () => {
  await mailbox.close();
  rmSync(folder, { recursive: true, force: true });
});

async function post(channel: string, body: string, type = 'application/json') {
  const answer = await fetch(`${mailbox.url}/slack/${channel}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  return { status: answer.status, text: await answer.text() };
}
const page = async (path: string) => (await fetch(`${mailbox.url}${path}`)).text();

test('a message is answered "ok" in plain text and shown in its channel', async () => {
  expect(await post('ops', JSON.stringify({ text: 'Webhook queue <is> long' }))).toEqual({ status: 200, text: 'ok' });
  await post('security', JSON.stringify({ text: 'Canary failed' }));
  expect(await page('/slack')).toContain('Canary failed');
  const ops = await page('/slack/ops');
  expect(ops).toContain('Webhook queue &lt;is&gt; long');
  expect(ops).not.toContain('Canary failed');
});

test('a form with a payload field is taken too, as Slack takes it', async () => {
  const form = new URLSearchParams({ payload: JSON.stringify({ text: 'By form' }) }).toString();
  expect(await post('ops', form, 'application/x-www-form-urlencoded')).toEqual({ status: 200, text: 'ok' });
  expect(await page('/slack/ops')).toContain('By form');
});

test('blocks without text are a message', async () => {
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: '*Hello*' } }];
  expect(await post('ops', JSON.stringify({ blocks }))).toEqual({ status: 200, text: 'ok' });
});

test.each([
  ['no_text', '{}'],
  ['no_text', '{"text":"  "}'],
  ['no_text', '{"text":7}'],
  ['no_text', '{"blocks":[]}'],
  ['invalid_payload', '{"text":'],
  ['invalid_payload', '"text"'],
  ['invalid_payload', '[]'],
  ['invalid_payload', ''],
])('%s is the answer to %s', async (text, body) => {
  expect(await post('ops', body)).toEqual({ status: 400, text });
  expect(await page('/slack')).toContain('No messages yet');
});

test('a channel that cannot exist is not found', async () => {
  expect(await post('Not%20A%20Channel', '{"text":"x"}')).toEqual({ status: 404, text: 'channel_not_found' });
});

test('messages outlive a restart', async () => {
  await post('ops', JSON.stringify({ text: 'Kept' }));
  await mailbox.close();
  mailbox = await startMailbox({ dataDir: folder, apiKey: 're_test_0123456789' });
  expect(await page('/slack')).toContain('Kept');
});
