import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type GivenShare, type GivenVideo, givenShare, givenVideo, rewriteHistory } from '../../../../test/fixtures.ts';
import { type IntegrationApp, startIntegrationApp } from '../../../../test/integration-app.ts';

let subject: IntegrationApp;
let video: GivenVideo;
beforeAll(async () => {
  subject = await startIntegrationApp();
  video = await givenVideo(subject.database);
});
afterAll(() => subject.close());

async function post(path: string, body: unknown, contentType = 'application/json') {
  const response = await fetch(`${subject.origin}/api/share/${path}`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function enter(share: GivenShare): Promise<string> {
  const { body } = await post(share.publicId, { secret: share.secret });
  return String(body.sessionId);
}

const heartbeat = (sequence: number, from: number, to: number) => ({
  sequence,
  kind: 'heartbeat',
  positionSeconds: to,
  watched: [[from, to]],
});

describe('what a page reports', () => {
  it('is stored in the units of the database, once, and adds up', async () => {
    const share = await givenShare(subject.database, video);
    const sessionId = await enter(share);
    const events = [
      { sequence: 0, kind: 'play', occurredAt: new Date().toISOString() },
      { ...heartbeat(1, 0, 4.25), rebufferSeconds: 0.3 },
      { sequence: 2, kind: 'error', errorCode: '2403210' },
    ];
    expect(await post(`${share.publicId}/events`, { sessionId, consent: true, events })).toEqual({
      status: 200,
      body: { accepted: 3, mayContinue: true },
    });
    // As a page that closes sends it.
    expect(
      await post(`${share.publicId}/events`, JSON.stringify({ sessionId, consent: true, events }), 'text/plain'),
    ).toEqual({
      status: 200,
      body: { accepted: 0, mayContinue: true },
    });
    const { rows } = await subject.database.admin.query(
      `select kind, position_ms, watched_ms::text, rebuffer_ms, error_code from app.playback_events
       where session_id = $1 order by sequence`,
      [sessionId],
    );
    expect(rows).toEqual([
      { kind: 'play', position_ms: null, watched_ms: '{}', rebuffer_ms: 0, error_code: null },
      { kind: 'heartbeat', position_ms: 4250, watched_ms: '{[0,4250)}', rebuffer_ms: 300, error_code: null },
      { kind: 'error', position_ms: null, watched_ms: '{}', rebuffer_ms: 0, error_code: '2403210' },
    ]);
  });

  it('claims a view: of eight pages that begin to watch at once the limit lets two go on, renewals included', async () => {
    const share = await givenShare(subject.database, video);
    await rewriteHistory(subject.database, 'update app.share_tokens set max_views = 2 where id = $1', [share.id]);
    const sessions = await Promise.all(Array.from({ length: 8 }, () => enter(share)));
    const answers = await Promise.all(
      sessions.map(async (sessionId) => ({
        sessionId,
        ...(await post(`${share.publicId}/events`, { sessionId, events: [heartbeat(0, 0, 5)] })),
      })),
    );
    const going = answers.filter(({ body }) => body.mayContinue === true).map(({ sessionId }) => sessionId);
    expect(going).toHaveLength(2);
    for (const sessionId of sessions) {
      const { status } = await post(share.publicId, { secret: share.secret, sessionId });
      expect(status).toBe(going.includes(sessionId) ? 200 : 403);
    }
  });

  it('without consent leaves nothing but that the session began to watch, once, and still claims its view', async () => {
    const share = await givenShare(subject.database, video);
    await rewriteHistory(subject.database, 'update app.share_tokens set max_views = 1 where id = $1', [share.id]);
    const sessionId = await enter(share);
    const play = { sequence: 1, kind: 'play', positionSeconds: 2, occurredAt: new Date().toISOString() };
    const error = { sequence: 2, kind: 'error', errorCode: 'x' };
    for (const [consent, events, accepted] of [
      [false, [play, error], 0],
      [undefined, [play, { ...heartbeat(3, 0, 4), rebufferSeconds: 2 }, error], 1],
      [false, [heartbeat(4, 4, 8)], 0],
    ] as const) {
      expect(await post(`${share.publicId}/events`, { sessionId, consent, events })).toEqual({
        status: 200,
        body: { accepted, mayContinue: true },
      });
    }
    const { rows } = await subject.database.admin.query(
      `select sequence, kind, position_ms, watched_ms::text, rebuffer_ms, error_code from app.playback_events where session_id = $1`,
      [sessionId],
    );
    expect(rows).toEqual([
      { sequence: 0, kind: 'heartbeat', position_ms: null, watched_ms: '{}', rebuffer_ms: 0, error_code: null },
    ]);
    expect((await post(share.publicId, { secret: share.secret })).status).toBe(403);
    expect((await post(share.publicId, { secret: share.secret, sessionId })).status).toBe(200);
  });

  it('costs one round trip to the database', async () => {
    const share = await givenShare(subject.database, video);
    const sessionId = await enter(share);
    const queries = vi.spyOn(Client.prototype, 'query');
    await post(`${share.publicId}/events`, { sessionId, events: [heartbeat(0, 0, 5)] });
    const count = queries.mock.calls.length;
    queries.mockRestore();
    expect(count).toBe(1);
  });
});

describe('a report that is refused', () => {
  it('of a session that was never let in looks like a link that does not work, whatever else is wrong', async () => {
    const share = await givenShare(subject.database, video);
    const other = await givenShare(subject.database, video);
    const events = [heartbeat(0, 0, 5)];
    for (const [path, sessionId] of [
      [share.publicId, randomUUID()],
      ['000000000000', randomUUID()],
      ['not-an-id', randomUUID()],
      [share.publicId, await enter(other)],
    ]) {
      const { status, body } = await post(`${path}/events`, { sessionId, events });
      expect({ path, status, code: body.code }).toEqual({ path, status: 403, code: 'share.unavailable' });
    }
  });

  it.each([
    ['no JSON', '{"sessionId":', '#'],
    ['no session', { events: [heartbeat(0, 0, 5)] }, '#/sessionId'],
    ['no events', { sessionId: randomUUID(), events: [] }, '#/events'],
    [
      'too many events',
      { sessionId: randomUUID(), events: Array.from({ length: 51 }, (_, i) => heartbeat(i, 0, 5)) },
      '#/events',
    ],
    ['an unknown kind', { sessionId: randomUUID(), events: [{ sequence: 0, kind: 'paused' }] }, '#/events/0/kind'],
    [
      'a sequence below 0',
      { sessionId: randomUUID(), events: [{ sequence: -1, kind: 'play' }] },
      '#/events/0/sequence',
    ],
    [
      'a part that is no pair',
      { sessionId: randomUUID(), events: [{ sequence: 0, kind: 'heartbeat', watched: [[1]] }] },
      '#/events/0/watched/0',
    ],
    [
      'a code with blanks',
      { sessionId: randomUUID(), events: [{ sequence: 0, kind: 'error', errorCode: 'a b' }] },
      '#/events/0/errorCode',
    ],
    [
      'a time that is none',
      { sessionId: randomUUID(), events: [{ sequence: 0, kind: 'play', occurredAt: 'now' }] },
      '#/events/0/occurredAt',
    ],
  ])('with %s names the field', async (_what, body, pointer) => {
    const answer = await post('a1B2c3D4e5F6/events', body);
    expect(answer.status).toBe(422);
    expect(answer.body.code).toBe('request.invalid');
    const errors = answer.body.errors as { pointer: string }[];
    expect(errors.map((error) => error.pointer)).toEqual([expect.stringContaining(pointer)]);
  });

  it('over 64 KiB is refused unread', async () => {
    expect((await post('a1B2c3D4e5F6/events', JSON.stringify({ events: 'x'.repeat(70_000) }))).status).toBe(413);
  });
});
