import { resolveShareAnswer } from '@mm/api/contract';
import { describe, expect, it } from 'vitest';
import { readGrant } from './share-answer.ts';
import { openShare, type ShareRequest } from './share-client.ts';

const now = Date.parse('2026-11-20T00:00:00Z');
const link = { publicId: 'a1B2c3D4e5F6', secret: 'Zk3vT_0aQ-9xLmN4pRs7Uw' };
const body = {
  playbackUrl: 'https://stream.example/v.m3u8?token=h.p.s',
  posterUrl: 'https://image.example/v/thumbnail.jpg?token=h.p.s',
  storyboardUrl: 'https://image.example/v/storyboard.vtt?token=h.p.s',
  expiresAt: '2026-11-20T00:05:00.000Z',
  sessionId: '01900000-0000-7000-8000-000000000001',
  availableUntil: '2026-11-27T00:00:00.000Z',
  renewAfterSeconds: 200,
  title: 'Serve receive',
  durationSeconds: 10.5,
  aspectRatio: '16:9',
};

/** Opens the link against one prepared answer and keeps what was sent. */
async function open(answer: Response | Error, request: ShareRequest = {}) {
  const sent: { url: string; init: RequestInit | undefined }[] = [];
  const outcome = await openShare(
    link,
    {
      now: () => now,
      fetch: async (url, init) => {
        sent.push({ url: String(url), init });
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    request,
  );
  return { outcome, sent };
}

const answer = (status: number, headers: Record<string, string> = {}, content: unknown = {}) =>
  new Response(JSON.stringify(content), { status, headers });

describe('opening a share link', () => {
  it('names the session that it goes on watching in', async () => {
    const { sent } = await open(answer(200, {}, body), { sessionId: body.sessionId });
    expect(sent[0]?.init?.body).toBe(JSON.stringify({ secret: link.secret, sessionId: body.sessionId }));
  });

  it('sends the secret in the body only, without cookies and without a referrer', async () => {
    const { sent } = await open(answer(200, {}, body));
    expect(sent).toHaveLength(1);
    expect(sent[0]?.url).toBe('/api/share/a1B2c3D4e5F6');
    expect(sent[0]?.init).toMatchObject({
      method: 'POST',
      body: JSON.stringify({ secret: link.secret }),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
    });
  });

  it('sends what was proved, who is signed in and who shows the page', async () => {
    const request = { proofs: ['p1', 'p2'], embedder: 'https://club.example', bearer: 'h.p.s' };
    const { sent } = await open(answer(200, {}, body), request);
    expect(JSON.parse(String(sent[0]?.init?.body))).toEqual({
      secret: link.secret,
      proofs: ['p1', 'p2'],
      embedder: 'https://club.example',
    });
    expect(new Headers(sent[0]?.init?.headers).get('authorization')).toBe('Bearer h.p.s');
  });

  it.each([
    ['share.passphrase_needed', { kind: 'needs', step: 'passphrase' }],
    ['share.recipient_needed', { kind: 'needs', step: 'recipient' }],
    ['share.sign_in_needed', { kind: 'needs', step: 'sign-in' }],
    ['share.origin_refused', { kind: 'framed' }],
    ['share.unavailable', { kind: 'unavailable' }],
    ['something.new', { kind: 'unavailable' }],
  ])('refused with %s, knows what to ask for', async (code, expected) => {
    expect((await open(answer(403, {}, { code }))).outcome).toEqual(expected);
  });

  it('grants what the contract describes', async () => {
    const { outcome } = await open(answer(200, { date: 'Fri, 20 Nov 2026 00:00:00 GMT' }, body));
    expect(outcome).toEqual({ kind: 'granted', grant: body, receivedAt: now, serverOffset: 0 });
  });

  it('measures how far the device’s clock is from the server’s', async () => {
    const { outcome } = await open(answer(200, { date: 'Fri, 20 Nov 2026 01:00:00 GMT' }, body));
    expect(outcome).toMatchObject({ serverOffset: 3_600_500 });
  });

  it.each([400, 401, 403, 404, 410, 422])('answered with %d, does not work any more', async (status) => {
    expect((await open(answer(status))).outcome).toEqual({ kind: 'unavailable' });
  });

  it('is still processing on 409', async () => {
    expect((await open(answer(409))).outcome).toEqual({ kind: 'processing', waitMs: null });
  });

  it.each([
    ['42', 42_000],
    ['Fri, 20 Nov 2026 00:00:30 GMT', 30_000],
    ['soon', 30_000],
  ])('waits on 429 as Retry-After %j says', async (retryAfter, waitMs) => {
    const { outcome } = await open(answer(429, { 'retry-after': retryAfter }));
    expect(outcome).toEqual({ kind: 'rate-limited', waitMs });
  });

  it.each([408, 500, 502, 503, 504])('answered with %d, is tried again', async (status) => {
    expect((await open(answer(status))).outcome).toMatchObject({ kind: 'unreachable' });
  });

  it.each([
    ['no network', new TypeError('Failed to fetch')],
    ['a page instead of JSON', new Response('<html>', { status: 200 })],
    ['an answer without a playback URL', answer(200, {}, { ...body, playbackUrl: undefined })],
  ])('cannot be reached with %s', async (_what, fault) => {
    expect((await open(fault)).outcome).toEqual({ kind: 'unreachable', waitMs: null });
  });
});

describe('the answer as the viewer reads it', () => {
  const broken: Record<keyof typeof body, unknown> = {
    playbackUrl: 'not a url',
    sessionId: 7,
    posterUrl: null,
    storyboardUrl: 1,
    expiresAt: 'tomorrow',
    availableUntil: undefined,
    renewAfterSeconds: 0,
    title: null,
    durationSeconds: '10',
    aspectRatio: 16 / 9,
  };

  it('is what the contract’s schema accepts', () => {
    for (const good of [body, { ...body, durationSeconds: null, aspectRatio: null }]) {
      expect(resolveShareAnswer.safeParse(good).success).toBe(true);
      expect(readGrant(good)).toEqual(good);
    }
  });

  it.each(Object.entries(broken))('is refused like by the contract’s schema when %s is %j', (field, value) => {
    const bad = { ...body, [field]: value };
    expect(resolveShareAnswer.safeParse(bad).success).toBe(false);
    expect(readGrant(bad)).toBeNull();
  });

  it('knows every field of the contract', () => {
    expect(Object.keys(resolveShareAnswer.shape).sort()).toEqual(Object.keys(body).sort());
  });
});
