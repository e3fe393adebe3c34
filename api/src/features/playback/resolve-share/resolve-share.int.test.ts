import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type GivenShare, type GivenVideo, givenShare, givenVideo, rewriteHistory } from '../../../../test/fixtures.ts';
import { type IntegrationApp, startIntegrationApp } from '../../../../test/integration-app.ts';
import { rotatingAddressHash } from '../../../playback/rotating-address-hash.ts';
import { type ResolveShareAnswer, resolveShareAnswer } from './schema.ts';

let subject: IntegrationApp;
let video: GivenVideo;
let share: GivenShare;
beforeAll(async () => {
  subject = await startIntegrationApp();
  video = await givenVideo(subject.database);
  share = await givenShare(subject.database, video);
});
afterAll(() => subject.close());

const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

async function resolve(publicId: string, secret: string, requestId = 'share-request-1') {
  const response = await fetch(`${subject.origin}/api/share/${publicId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': requestId, 'user-agent': chrome },
    body: JSON.stringify({ secret }),
  });
  const text = await response.text();
  return { status: response.status, headers: Object.fromEntries(response.headers), text };
}

async function granted(publicId: string, secret: string): Promise<ResolveShareAnswer> {
  const { status, text } = await resolve(publicId, secret);
  expect(status).toBe(200);
  return resolveShareAnswer.parse(JSON.parse(text));
}

const tokenOf = (url: string): string => new URL(url).searchParams.get('token') ?? '';

describe('a share link with its secret', () => {
  it('opens the video it was made for, with tokens under the published key', async () => {
    const answer = await granted(share.publicId, share.secret);
    const keys = createRemoteJWKSet(new URL(`${subject.origin}/.well-known/jwks.json`));
    for (const [url, audience] of [
      [answer.playbackUrl, 'v'],
      [answer.posterUrl, 't'],
      [answer.storyboardUrl, 's'],
    ] as const) {
      await expect(
        jwtVerify(tokenOf(url), keys, { audience, subject: video.playbackId, algorithms: ['RS256'] }),
      ).resolves.toBeDefined();
    }
    expect(answer).toMatchObject({ title: 'Turns on the inside edge', durationSeconds: 12.5, aspectRatio: '16:9' });
    expect(answer.availableUntil).toBe(share.expiresAt.toISOString());
    expect(answer.renewAfterSeconds).toBeGreaterThan(190);
    expect(answer.renewAfterSeconds).toBeLessThanOrEqual(200);
  });

  it('never mints a token that outlives the link', async () => {
    const short = await givenShare(subject.database, video);
    await rewriteHistory(
      subject.database,
      `update app.share_tokens set expires_at = now() + interval '20 seconds',
              created_at = now() + interval '20 seconds' - interval '168 hours' where id = $1`,
      [short.id],
    );
    const answer = await granted(short.publicId, short.secret);
    const expiry = (decodeJwt(tokenOf(answer.playbackUrl)).exp ?? 0) * 1000;
    expect(expiry).toBeLessThanOrEqual(Date.parse(answer.availableUntil));
    expect(answer.expiresAt <= answer.availableUntil).toBe(true);
    expect(answer.renewAfterSeconds).toBeLessThanOrEqual(14);
  });

  it('is refused as ended in its last second, in which no token could live', async () => {
    const ending = await givenShare(subject.database, video);
    // From the beginning of a second, so that what is left of it lasts until the answer.
    await subject.database.admin.query(
      'select pg_sleep(1 - extract(microseconds from clock_timestamp()) % 1000000 / 1e6)',
    );
    await rewriteHistory(
      subject.database,
      `update app.share_tokens set expires_at = date_trunc('second', now()) + interval '999 milliseconds',
              created_at = date_trunc('second', now()) + interval '999 milliseconds' - interval '168 hours' where id = $1`,
      [ending.id],
    );
    const { status, text } = await resolve(ending.publicId, ending.secret);
    expect([status, JSON.parse(text).code]).toEqual([403, 'share.unavailable']);
  });

  it('renewed, answers with the same URLs but for the token', async () => {
    const strip = (url: string) => url.split('?')[0];
    const [first, second] = [await granted(share.publicId, share.secret), await granted(share.publicId, share.secret)];
    expect(strip(second.playbackUrl)).toBe(strip(first.playbackUrl));
    expect(strip(second.posterUrl)).toBe(strip(first.posterUrl));
    expect(strip(second.storyboardUrl)).toBe(strip(first.storyboardUrl));
  });

  it('is recorded with its rule, a keyed hash of the address and the family of the browser, and without the address', async () => {
    await resolve(share.publicId, share.secret, 'recorded-request');
    const { rows } = await subject.database.admin.query(
      'select allowed, rule, public_id, ip_hash, user_agent_family from app.playback_decisions where request_id = $1',
      ['recorded-request'],
    );
    const { addressHashKey, addressHashDays } = subject.config;
    expect(rows).toEqual([
      {
        allowed: true,
        rule: 'play.allowed',
        public_id: share.publicId,
        ip_hash: rotatingAddressHash(addressHashKey, addressHashDays)('127.0.0.1', Date.now()).current,
        user_agent_family: 'Chrome',
      },
    ]);
  });

  it('by a page that names no session goes on watching when the key of addresses has just changed, and is a new play later', async () => {
    const watched = await givenShare(subject.database, video);
    const periodMs = subject.config.addressHashDays * 86_400_000;
    const switchAt = Math.ceil(Date.now() / periodMs) * periodMs;
    const minutes = [-20, 1, 20];
    for (const offset of minutes) {
      const clock = vi.spyOn(Date, 'now').mockReturnValue(switchAt + offset * 60_000);
      const { status } = await resolve(watched.publicId, watched.secret).finally(() => clock.mockRestore());
      expect(status).toBe(200);
    }
    const { rows } = await subject.database.admin.query<{ ip_hash: Buffer; is_renewal: boolean }>(
      'select ip_hash, is_renewal from app.playback_decisions where share_token_id = $1 order by id',
      [watched.id],
    );
    expect(rows.map((row) => row.is_renewal)).toEqual([false, true, true]);
    const hashes = rows.map((row) => row.ip_hash.toString('hex'));
    expect(hashes[1]).toBe(hashes[2]);
    expect(hashes[0]).not.toBe(hashes[1]);

    const unknown = await givenShare(subject.database, video);
    for (const offset of [-20, 20]) {
      const clock = vi.spyOn(Date, 'now').mockReturnValue(switchAt + offset * 60_000);
      await resolve(unknown.publicId, unknown.secret).finally(() => clock.mockRestore());
    }
    const apart = await subject.database.admin.query(
      'select is_renewal from app.playback_decisions where share_token_id = $1 order by id',
      [unknown.id],
    );
    expect(apart.rows).toEqual([{ is_renewal: false }, { is_renewal: false }]);
  });

  it('is told that the video is not ready yet', async () => {
    const waiting = await givenShare(subject.database, await givenVideo(subject.database, { ready: false }));
    const { status, headers, text } = await resolve(waiting.publicId, waiting.secret);
    expect(status).toBe(409);
    expect(headers['retry-after']).toBe('15');
    expect(JSON.parse(text)).toMatchObject({ code: 'share.not_ready' });
  });

  it('is refused from the moment that its revocation is committed', async () => {
    const doomed = await givenShare(subject.database, video);
    expect((await resolve(doomed.publicId, doomed.secret)).status).toBe(200);
    await subject.database.admin.query(
      "update app.share_tokens set revoked_at = now(), revoked_by = created_by, revoke_reason = 'Sent to the wrong person' where id = $1",
      [doomed.id],
    );
    expect((await resolve(doomed.publicId, doomed.secret)).status).toBe(403);
  });
});

describe('a refusal', () => {
  it('is the same answer, byte for byte, for whatever reason', async () => {
    const expired = await givenShare(subject.database, video, { createdAgoHours: 200 });
    const revoked = await givenShare(subject.database, video, { revoked: true });
    const notStarted = await givenShare(subject.database, video, { startsInHours: 2 });
    const notReady = await givenShare(subject.database, await givenVideo(subject.database, { ready: false }));
    const usedUp = await givenShare(subject.database, video);
    await rewriteHistory(
      subject.database,
      `with view as (insert into app.share_views (share_token_id, view_no, session_id, coach_id)
                     select id, 1, uuidv7(), coach_id from app.share_tokens where id = $1)
       update app.share_tokens set max_views = 1 where id = $1`,
      [usedUp.id],
    );
    const wrong = 'x'.repeat(32);
    const cases: Record<string, [string, string]> = {
      unknown: ['000000000000', share.secret],
      'wrong secret': [share.publicId, wrong],
      'wrong secret of a video that is not ready': [notReady.publicId, wrong],
      expired: [expired.publicId, expired.secret],
      revoked: [revoked.publicId, revoked.secret],
      'used up': [usedUp.publicId, usedUp.secret],
      'wrong secret of a link that is used up': [usedUp.publicId, wrong],
      'not started': [notStarted.publicId, notStarted.secret],
      'malformed id': ['not-an-id', share.secret],
      'malformed secret': [share.publicId, 'short'],
      'secret of another link': [share.publicId, revoked.secret],
    };
    const reference = await resolve('000000000001', wrong);
    expect(reference.status).toBe(403);
    for (const [reason, [publicId, secret]] of Object.entries(cases)) {
      const refusal = await resolve(publicId, secret);
      const { date: _date, ...headers } = refusal.headers;
      const { date: _itsDate, ...referenceHeaders } = reference.headers;
      expect({ reason, status: refusal.status, headers, text: refusal.text }).toEqual({
        reason,
        status: reference.status,
        headers: referenceHeaders,
        text: reference.text,
      });
    }
  });

  it('is recorded with the rule that the stranger is not told', async () => {
    await resolve(share.publicId, 'x'.repeat(32), 'wrong-secret-request');
    const { rows } = await subject.database.admin.query(
      'select allowed, rule from app.playback_decisions where request_id = $1',
      ['wrong-secret-request'],
    );
    expect(rows).toEqual([{ allowed: false, rule: 'play.wrong_secret' }]);
    const metrics = await (await fetch(`${subject.origin}/metrics`)).text();
    expect(metrics).toMatch(
      /mm_playback_decisions_total\{kind="share",outcome="refused",rule="play\.wrong_secret"\} [1-9]/,
    );
  });

  it('of a suspended coach’s link looks like every other', async () => {
    const bens = await givenShare(subject.database, await givenVideo(subject.database, { coach: 'user_ben_okafor' }));
    await subject.database.admin.query(
      "update app.profiles set suspended_at = now() where subject = 'user_ben_okafor'",
    );
    const { status, text } = await resolve(bens.publicId, bens.secret);
    await subject.database.admin.query("update app.profiles set suspended_at = null where subject = 'user_ben_okafor'");
    expect(status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({ code: 'share.unavailable' });
  });
});

describe('the secret of a link', () => {
  it('and the tokens it is exchanged for stand in no log line, no table and no audit entry', async () => {
    const probe = await givenShare(subject.database, video);
    const answer = await granted(probe.publicId, probe.secret);
    await resolve(probe.publicId, `${probe.secret}x`);
    await resolve('000000000000', probe.secret);
    // As a careless client would: the secret in a query, a path, a header.
    await fetch(`${subject.origin}/api/share/${probe.publicId}?token=${probe.secret}&secret=${probe.secret}`, {
      method: 'POST',
    });
    await fetch(`${subject.origin}/api/share/${probe.publicId}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${probe.secret}`,
        cookie: `secret=${probe.secret}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ secret: probe.secret }),
    });

    const needles = [
      probe.secret,
      tokenOf(answer.playbackUrl),
      tokenOf(answer.posterUrl),
      tokenOf(answer.storyboardUrl),
    ];
    const log = subject.log();
    expect(log).toContain(probe.publicId);
    for (const needle of needles) {
      expect(log).not.toContain(needle);
    }
    const { rows: tables } = await subject.database.admin.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('app', 'audit', 'authz', 'jobs', 'pgboss')`,
    );
    expect(tables.length).toBeGreaterThan(8);
    for (const { name } of tables) {
      const { rows } = await subject.database.admin.query<{ line: string }>(
        `select to_jsonb(t)::text as line from ${name} t`,
      );
      for (const { line } of rows) {
        for (const needle of needles) {
          expect(line.includes(needle), `${name} holds a secret`).toBe(false);
        }
      }
    }
  });
});

describe('resolving a link', () => {
  it('costs one round trip to the database, recording included', async () => {
    await granted(share.publicId, share.secret);
    const queries = vi.spyOn(Client.prototype, 'query');
    await resolve(share.publicId, share.secret, 'one-round-trip');
    const count = queries.mock.calls.length;
    queries.mockRestore();
    expect(count).toBe(1);
    const { rows } = await subject.database.admin.query(
      'select rule from app.playback_decisions where request_id = $1',
      ['one-round-trip'],
    );
    expect(rows).toEqual([{ rule: 'play.allowed' }]);
  });
});
