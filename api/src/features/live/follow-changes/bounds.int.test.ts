import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type IntegrationApp, startIntegrationApp } from '../../../../test/integration-app.ts';
import type { LiveStream } from '../../../live/stream.ts';

let subject: IntegrationApp;
const closing: (() => void)[] = [];
/** Answers that are being followed. What nobody holds, fetch lets go with its connection once it is collected as garbage. */
const followed: Response[] = [];

beforeAll(async () => {
  subject = await startIntegrationApp();
});
afterAll(async () => {
  subject.app.server.closeAllConnections();
  await subject.close();
});
afterEach(async () => {
  for (const close of closing.splice(0)) close();
  followed.length = 0;
  await expect.poll(() => subject.app.live.size).toBe(0);
  vi.restoreAllMocks();
});

async function metric(series: string): Promise<number> {
  const text = await (await fetch(`${subject.origin}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1));
}

async function follow(sub: string): Promise<Response> {
  const token = await subject.issuer.token({ claims: { sub, azp: subject.config.http.publicUrl, email: undefined } });
  const request = new AbortController();
  closing.push(() => request.abort());
  const answer = await fetch(`${subject.origin}/api/live`, {
    headers: { authorization: `Bearer ${token}` },
    signal: request.signal,
  });
  followed.push(answer);
  return answer;
}

/** A reader that asks for the stream and then never reads a byte; `held` is what the server keeps for it in its own memory. */
async function followWithoutReading(): Promise<{ stream: LiveStream; held: () => number; isCut: () => boolean }> {
  const open = vi.spyOn(subject.app.live, 'open');
  const accepted = new Promise<Socket>((resolve) => subject.app.server.once('connection', resolve));
  const { authorization } = await subject.authorization('amelia');
  const { port } = new URL(subject.origin);
  const reader = connect({ host: '127.0.0.1', port: Number(port) });
  reader.on('error', () => undefined);
  reader.pause();
  closing.push(() => reader.destroy());
  reader.write(`GET /api/live HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: ${authorization}\r\n\r\n`);
  const socket = await accepted;
  const stream = await vi.waitFor(async () => {
    const result = open.mock.settledResults[0];
    expect(result?.type).toBe('fulfilled');
    return result?.value as LiveStream;
  });
  return {
    stream,
    held: () => stream.readableLength + socket.writableLength,
    isCut: () => socket.destroyed,
  };
}

const keys = Array.from({ length: 200 }, () => randomUUID());
/** One event of the largest kind, some 8 kB, and a turn of the loop in which the socket takes what it can. */
async function tellOnce({ stream }: { stream: LiveStream }): Promise<void> {
  stream.tell('change', Date.now(), { resource: 'videos', type: 'updated', ids: keys });
  await new Promise((resolve) => setImmediate(resolve));
}
/** Far above what the buffers of both sockets take, so that a server without a bound would be found out. */
const most = 4_000;

describe('a reader that does not read', () => {
  it('is let go when 64 kB wait for it, and costs the server no more memory than that', {
    timeout: 60_000,
  }, async () => {
    const slow = await followWithoutReading();
    const before = await metric('mm_live_streams_ended_total{reason="slow"}');
    let held = 0;
    let told = 0;
    for (; told < most && !slow.stream.destroyed; told += 1) {
      await tellOnce(slow);
      held = Math.max(held, slow.held());
    }
    expect(told).toBeLessThan(most);
    expect(held).toBeGreaterThan(0);
    // What the stream keeps, what the response has taken of it, and the event that was one too many.
    expect(held).toBeLessThan(2 * 65_536 + 16_384);
    await expect.poll(slow.isCut).toBe(true);
    await expect.poll(() => subject.app.live.size).toBe(0);
    expect(await metric('mm_live_streams_ended_total{reason="slow"}')).toBe(before + 1);
  });

  it('and not even the end does not keep its place: it is let go five seconds after', { timeout: 60_000 }, async () => {
    const slow = await followWithoutReading();
    for (let told = 0; told < most && slow.stream.readableLength === 0; told += 1) await tellOnce(slow);
    expect(slow.stream.destroyed).toBe(false);
    slow.stream.finish('renew', Date.now());
    await expect.poll(slow.isCut, { timeout: 20_000 }).toBe(true);
    expect(subject.app.live.size).toBe(0);
    expect(slow.stream.ending).toBe('slow');
  });
});

describe('a process', () => {
  it('serves 500 streams, refuses the next by a problem and a metric, and serves it when one has gone', {
    timeout: 120_000,
  }, async () => {
    const { rows } = await subject.database.admin.query<{ subject: string }>(
      `insert into app.profiles (subject, role, display_name)
       select 'user_reader_' || n, 'coach', 'Reader ' || n from generate_series(1, 84) n returning subject`,
    );
    const readers = rows.flatMap((row) => Array.from({ length: 6 }, () => row.subject)).slice(0, 500);
    // Not all at once: each waits for a connection of the pool, and not for ever.
    for (let begun = 0; begun < readers.length; begun += 20) {
      const answers = await Promise.all(readers.slice(begun, begun + 20).map(follow));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    }
    expect(subject.app.live.size).toBe(500);
    expect(await metric('mm_live_streams')).toBe(500);
    const before = await metric('mm_live_streams_refused_total{limit="process"}');
    const refused = await follow('user_amelia_hart');
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'live.too_many' });
    expect(await metric('mm_live_streams_refused_total{limit="process"}')).toBe(before + 1);

    closing[0]?.();
    await expect.poll(() => subject.app.live.size).toBe(499);
    expect((await follow('user_amelia_hart')).status).toBe(200);
    expect(await metric('mm_live_streams_ended_total{reason="left"}')).toBeGreaterThan(0);
  });
});

it('events are counted by their kind, and that nobody follows is not that nothing is heard', async () => {
  expect(await metric('mm_live_heard')).toBe(1);
  const before = await metric('mm_live_events_total{event="ready"}');
  await follow('user_amelia_hart');
  await expect.poll(() => metric('mm_live_events_total{event="ready"}')).toBe(before + 1);
  expect(await metric('mm_live_heard')).toBe(1);
  expect(await metric('mm_live_streams')).toBe(1);
});
