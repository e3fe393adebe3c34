import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMuxDouble } from '../../src/mux/index.ts';
import {
  clientOf,
  clipBytes,
  newUpload,
  PATIENTLY,
  type Stage,
  setStage,
  TOKEN_ID,
  TOKEN_SECRET,
  uploadWhole,
  WEBHOOK_SECRET,
} from './stage.ts';
import type { ReceivedWebhook } from './webhook-receiver.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

describe('a webhook', () => {
  it('is signed as the vendor’s SDK demands, and no other secret or body passes', async () => {
    const { id } = await newUpload(stage);
    const { body, headers } = await stage.webhooks.event('video.upload.created', id);
    const given = { 'mux-signature': String(headers['mux-signature']) };
    expect(await stage.mux.webhooks.unwrap(body, given)).toMatchObject({ type: 'video.upload.created', data: { id } });
    await expect(stage.mux.webhooks.unwrap(body, given, 'another secret')).rejects.toThrow(/No signatures found/);
    await expect(stage.mux.webhooks.unwrap(body.replace('waiting', 'errored'), given)).rejects.toThrow();
    expect(headers['content-type']).toBe('application/json');
  });

  it('is signed with the secret that was made anew, also after a restart', async () => {
    const secret = 'a-secret-that-was-made-anew';
    expect((await stage.control('POST', '/webhook-secret', { secret })).status).toBe(204);
    await stage.restart();
    const { id } = await newUpload(stage);
    const { body, headers } = await stage.webhooks.event('video.upload.created', id);
    const given = { 'mux-signature': String(headers['mux-signature']) };
    await expect(stage.mux.webhooks.unwrap(body, given, secret)).resolves.toMatchObject({ data: { id } });
    await expect(stage.mux.webhooks.unwrap(body, given, WEBHOOK_SECRET)).rejects.toThrow(/No signatures found/);
  });

  it('is signed with the secret that is configured, once another one is', async () => {
    await stage.control('POST', '/webhook-secret', { secret: 'a-secret-that-was-made-anew' });
    await stage.double.close();
    stage.double = await startMuxDouble({
      dataDir: join(stage.folder, 'data'),
      tokenId: TOKEN_ID,
      tokenSecret: TOKEN_SECRET,
      webhook: { url: stage.webhooks.url, secret: 'another-configured-secret' },
    });
    stage.mux = clientOf(stage.double.url);
    const { id } = await newUpload(stage);
    const { body, headers } = await stage.webhooks.event('video.upload.created', id);
    const given = { 'mux-signature': String(headers['mux-signature']) };
    await expect(stage.mux.webhooks.unwrap(body, given, 'another-configured-secret')).resolves.toBeDefined();
  });

  it('has the vendor’s envelope around the whole object', async () => {
    const { id } = await newUpload(stage, { playback_policies: ['signed'], passthrough: 'job-3' });
    const { event } = await stage.webhooks.event('video.upload.created', id);
    expect(event).toEqual({
      type: 'video.upload.created',
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      object: { type: 'upload', id },
      environment: { id: expect.any(String), name: 'Development' },
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      data: { ...(await stage.mux.video.uploads.retrieve(id)) },
      attempts: [],
      request_id: null,
      accessor: null,
      accessor_source: null,
    });
  });

  it('tells the whole life of a video: upload, asset, ready; and times of assets are numbers in it', async () => {
    const assetId = await uploadWhole(stage, await clipBytes(stage, { seconds: 1 }), { passthrough: 'job-4' });
    const ready = await stage.webhooks.event('video.asset.ready', assetId);
    await stage.webhooks.event('video.asset.created', assetId);
    const { upload_id: uploadId = '' } = await stage.mux.video.assets.retrieve(assetId);
    await stage.webhooks.event('video.upload.asset_created', uploadId);
    const types = stage.webhooks.received.map(({ type }) => type).toSorted();
    expect(types).toEqual([
      'video.asset.created',
      'video.asset.ready',
      'video.upload.asset_created',
      'video.upload.created',
    ]);
    expect(ready.event).toMatchObject({
      object: { type: 'asset', id: assetId },
      data: { id: assetId, status: 'ready', upload_id: uploadId, passthrough: 'job-4', created_at: expect.any(Number) },
    });
  });
});

describe('an endpoint that does not answer 2xx', () => {
  it.each([[500], [404], [301], [429]])(
    '%d is tried again until it does, with the same event and a fresh signature',
    async (status) => {
      stage.webhooks.answers.push(status, status);
      const { id } = await newUpload(stage);
      const attempts = await stage.webhooks.until((received) => received.length === 3);
      expect(new Set(attempts.map(({ id: eventId }) => eventId)).size).toBe(1);
      expect(new Set(attempts.map(({ body }) => body)).size).toBe(1);
      for (const { body, headers } of attempts) {
        await stage.mux.webhooks.verifySignature(
          body,
          { 'mux-signature': String(headers['mux-signature']) },
          WEBHOOK_SECRET,
        );
      }
      expect(await deliveries()).toMatchObject([
        { attempt: 1, outcome: 'refused', status },
        { attempt: 2, outcome: 'refused', status },
        { attempt: 3, outcome: 'delivered', status: 200 },
      ]);
      expect(id).toBe(attempts[0]?.objectId);
    },
  );

  it('is left alone for a growing time', async () => {
    await stage.close();
    stage = await setStage({ webhookRetryBaseMs: 60_000 });
    stage.webhooks.answers.push(500, 500);
    await newUpload(stage);
    const delayAfter = async (attempt: number) => {
      await expect.poll(async () => (await webhookLog()).deliveries.length, PATIENTLY).toBe(attempt);
      const { events, deliveries: log } = await webhookLog();
      return Date.parse(events[0]?.nextAttemptAt ?? '') - Date.parse(log.at(-1)?.at ?? '');
    };
    expect(await delayAfter(1)).toBe(60_000);
    await stage.control('POST', `/webhooks/${(await webhookLog()).events[0]?.id}/redeliver`);
    expect(await delayAfter(2)).toBe(120_000);
  });

  it('one that hangs is given up after the time limit and tried again', async () => {
    await stage.close();
    stage = await setStage({ webhookTimeoutMs: 50 });
    stage.webhooks.answers.push('hang');
    await newUpload(stage);
    await stage.webhooks.until((received) => received.length === 2);
    await expect
      .poll(async () => (await deliveries()).map(({ outcome }) => outcome), PATIENTLY)
      .toEqual(['timeout', 'delivered']);
  });

  it('does not hold up the events of others', async () => {
    stage.webhooks.answers.push('hang');
    const first = await newUpload(stage);
    await stage.webhooks.event('video.upload.created', first.id);
    const second = await newUpload(stage);
    await stage.webhooks.event('video.upload.created', second.id);
    await expect.poll(async () => (await eventStates()).get(second.id), PATIENTLY).toBe('delivered');
    expect((await eventStates()).get(first.id)).toBe('pending');
  });

  it('an undelivered event survives a restart and is delivered then', async () => {
    stage.webhooks.answers.push(...Array.from({ length: 200 }, () => 503));
    const { id } = await newUpload(stage);
    await stage.webhooks.event('video.upload.created', id);
    const before = stage.webhooks.received[0];
    stage.webhooks.answers.length = 0;
    await stage.restart();
    await expect.poll(async () => (await eventStates()).get(id), PATIENTLY).toBe('delivered');
    expect(new Set(stage.webhooks.received.map(({ id: eventId }) => eventId))).toEqual(new Set([before?.id]));
  });
});

describe('on request, webhooks', () => {
  it('are delayed', async () => {
    await stage.control('POST', '/webhooks', { delayMs: 60_000 });
    const { id } = await newUpload(stage);
    const log = await webhookLog();
    expect(log.events).toMatchObject([{ objectId: id, state: 'pending', attempts: 0 }]);
    const due = Date.parse(log.events[0]?.nextAttemptAt ?? '') - Date.parse(log.events[0]?.createdAt ?? '');
    expect(due).toBe(60_000);
  });

  it('are lost: so many, and then no more; one that was lost can be sent by hand', async () => {
    await stage.control('POST', '/webhooks', { dropNext: 2 });
    const [first, second, third] = [await newUpload(stage), await newUpload(stage), await newUpload(stage)];
    await stage.webhooks.event('video.upload.created', third.id);
    expect(stage.webhooks.received.map(({ objectId }) => objectId)).toEqual([third.id]);
    const log = await webhookLog();
    expect(log.events.filter(({ state }) => state === 'dropped').map(({ objectId }) => objectId)).toEqual([
      first.id,
      second.id,
    ]);
    const answer = await stage.control('POST', `/webhooks/${log.events[0]?.id}/redeliver`);
    expect(answer).toEqual({ status: 200, body: { data: { outcome: 'delivered', status: 200 } } });
    expect(stage.webhooks.received.at(-1)?.objectId).toBe(first.id);
  });

  it('come more than once, with one id', async () => {
    await stage.control('POST', '/webhooks', { duplicate: 2 });
    const { id } = await newUpload(stage);
    const received = await stage.webhooks.until((all) => all.length === 3);
    expect(new Set(received.map(({ id: eventId }) => eventId)).size).toBe(1);
    expect(received.map(({ objectId }) => objectId)).toEqual([id, id, id]);
  });

  it('come in reverse once so many have come together', async () => {
    await stage.control('POST', '/webhooks', { reorder: 3 });
    const ids = [await newUpload(stage), await newUpload(stage), await newUpload(stage)].map(({ id }) => id);
    const received = await stage.webhooks.until((all) => all.length === 3);
    expect(received.map(({ objectId }) => objectId)).toEqual(ids.toReversed());
  });

  it.each([
    ['forward', (ids: string[]) => ids],
    ['reversed', (ids: string[]) => ids.toReversed()],
  ])('are held until they are released, %s', async (release, expected) => {
    await stage.control('POST', '/webhooks', { hold: true });
    const ids = [await newUpload(stage), await newUpload(stage)].map(({ id }) => id);
    expect((await webhookLog()).held).toHaveLength(2);
    expect(stage.webhooks.received).toEqual([]);
    await stage.control('POST', '/webhooks', { hold: false, release });
    const received = await stage.webhooks.until((all) => all.length === 2);
    expect(received.map(({ objectId }) => objectId)).toEqual(expected(ids));
  });

  it('that are held are not lost in a restart', async () => {
    await stage.control('POST', '/webhooks', { hold: true });
    const { id } = await newUpload(stage);
    await stage.restart();
    await stage.webhooks.event('video.upload.created', id);
  });

  it('are normal again after a reset, and what was held goes out', async () => {
    await stage.control('POST', '/webhooks', { hold: true, duplicate: 5, delayMs: 1000 });
    const { id } = await newUpload(stage);
    await stage.control('POST', '/reset');
    await stage.webhooks.event('video.upload.created', id);
    expect((await webhookLog()).settings).toEqual({ delayMs: 0, dropNext: 0, duplicate: 0, reorder: 0, hold: false });
  });

  it.each([
    ['a negative delay', { delayMs: -1 }, 'delayMs'],
    ['a reordering of one', { reorder: 1 }, 'reorder'],
    ['an unknown setting', { slow: true }, 'slow'],
  ])('%s is refused by name', async (_name, body, field) => {
    const answer = await stage.control('POST', '/webhooks', body);
    expect(answer).toMatchObject({ status: 400, body: { error: { messages: [expect.stringContaining(field)] } } });
  });
});

interface WebhookLog {
  settings: Record<string, unknown>;
  held: string[];
  events: {
    id: string;
    objectId: string;
    state: string;
    attempts: number;
    createdAt: string;
    nextAttemptAt: string | null;
  }[];
  deliveries: { eventId: string; attempt: number; at: string; outcome: string; status: number | null }[];
}

async function webhookLog(): Promise<WebhookLog> {
  return ((await stage.control('GET', '/webhooks')).body as { data: WebhookLog }).data;
}

async function deliveries(): Promise<WebhookLog['deliveries']> {
  await stage.webhooks.until((received: readonly ReceivedWebhook[]) => received.length > 0);
  await expect
    .poll(async () => (await webhookLog()).events.every(({ state }) => state !== 'pending'), PATIENTLY)
    .toBe(true);
  return (await webhookLog()).deliveries;
}

/** State of the event about each thing. */
async function eventStates(): Promise<Map<string, string>> {
  return new Map((await webhookLog()).events.map(({ objectId, state }) => [objectId, state]));
}
