import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenShare, type GivenVideo, givenShare, givenVideo, rewriteHistory } from '../../../../test/fixtures.ts';
import { type IntegrationApp, startIntegrationApp } from '../../../../test/integration-app.ts';

let subject: IntegrationApp;
let video: GivenVideo;
beforeAll(async () => {
  subject = await startIntegrationApp();
  video = await givenVideo(subject.database);
});
afterAll(() => subject.close());

/** A link with options, as columns of its row. */
async function shareWith(set: string): Promise<GivenShare> {
  const share = await givenShare(subject.database, video);
  await rewriteHistory(subject.database, `update app.share_tokens set ${set} where id = $1`, [share.id]);
  return share;
}

async function resolve(
  { publicId, secret }: GivenShare,
  { headers = {}, ...more }: { headers?: Record<string, string>; sessionId?: unknown; embedder?: unknown } = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${subject.origin}/api/share/${publicId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ secret, ...more }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const passphrase = `has_passphrase = true, passphrase_hash = '$argon2id$v=19$m=19456,t=2,p=1$' || repeat('A', 22) || '$' || repeat('b', 43)`;

describe('a link that asks for more than its secret', () => {
  it.each([
    ['share.sign_in_needed', 'sign_in_required = true'],
    ['share.recipient_needed', 'recipients_only = true'],
    ['share.passphrase_needed', passphrase],
  ])('is refused with %s, and mints nothing', async (code, set) => {
    const share = await shareWith(set);
    const { status, body } = await resolve(share);
    expect({ status, code: body.code }).toEqual({ status: 403, code });
    expect(Object.keys(body).sort()).toEqual(['code', 'detail', 'requestId', 'status', 'title', 'type']);
    const { rows } = await subject.database.admin.query(
      'select allowed, token_expires_at from app.playback_decisions where share_token_id = $1',
      [share.id],
    );
    expect(rows).toEqual([{ allowed: false, token_expires_at: null }]);
  });

  it('tells nothing of that to somebody with a wrong secret', async () => {
    const share = await shareWith(`sign_in_required = true, recipients_only = true, ${passphrase}`);
    const { body } = await resolve({ ...share, secret: 'x'.repeat(32) });
    expect(body.code).toBe('share.unavailable');
  });

  it('takes nobody’s word for a passphrase or an address', async () => {
    for (const set of ['recipients_only = true', passphrase]) {
      const share = await shareWith(set);
      const response = await fetch(`${subject.origin}/api/share/${share.publicId}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          secret: share.secret,
          passphraseVerified: true,
          passphrase_verified: true,
          viewerEmail: 'ann@club.example',
          viewer_email: 'ann@club.example',
        }),
      });
      expect(response.status).toBe(403);
    }
  });
});

describe('a link for people who are signed in', () => {
  it('opens to somebody with a session token, and to nobody with a bad one', async () => {
    const share = await shareWith('sign_in_required = true');
    expect((await resolve(share, { headers: await subject.authorization('helen') })).status).toBe(200);
    const bad = [
      await subject.issuer.forgedToken(),
      await subject.issuer.token({ claims: { azp: 'https://evil.example' } }),
    ];
    for (const token of bad)
      expect((await resolve(share, { headers: { authorization: `Bearer ${token}` } })).body.code).toBe(
        'share.sign_in_needed',
      );
  });

  it('for named people opens to the account with the address', async () => {
    const share = await shareWith('sign_in_required = true, recipients_only = true');
    await rewriteHistory(
      subject.database,
      `insert into app.share_recipients (share_token_id, coach_id, kind, value)
       select t.id, t.coach_id, 'email', lower(p.email) from app.share_tokens t, app.profiles p
       where t.id = $1 and p.subject = 'user_helen_castellano'`,
      [share.id],
    );
    expect((await resolve(share, { headers: await subject.authorization('helen') })).status).toBe(200);
    expect((await resolve(share, { headers: await subject.authorization('ben') })).body.code).toBe(
      'share.recipient_needed',
    );
  });

  it('an open link plays with a bad session token beside it', async () => {
    const token = await subject.issuer.forgedToken();
    const share = await givenShare(subject.database, video);
    expect((await resolve(share, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  });
});

describe('the site that shows the video', () => {
  it('is refused unless the link names it; our own page never is', async () => {
    const share = await shareWith(`embed_origins = '{https://club.example}'`);
    const from = (origin: string, site: string) => resolve(share, { headers: { origin, 'sec-fetch-site': site } });
    expect((await from('https://club.example', 'cross-site')).status).toBe(200);
    expect((await from('https://other.example', 'cross-site')).body.code).toBe('share.origin_refused');
    expect((await from('null', 'cross-site')).body.code).toBe('share.origin_refused');
    expect((await from(subject.config.http.publicUrl, 'same-origin')).status).toBe(200);
  });

  it('plays in a frame of our own page where the link names the site that this page tells, and nowhere else', async () => {
    const share = await shareWith(`embed_origins = '{https://club.example}'`);
    const headers = { origin: subject.config.http.publicUrl, 'sec-fetch-site': 'same-origin' };
    expect((await resolve(share, { headers, embedder: 'https://club.example' })).status).toBe(200);
    for (const embedder of ['https://other.example', 'null', '']) {
      expect((await resolve(share, { headers, embedder })).body.code).toBe('share.origin_refused');
    }
    // What no page of ours sends is no link of ours.
    for (const embedder of [7, null, 'x'.repeat(513)]) {
      expect((await resolve(share, { headers, embedder })).body.code).toBe('share.unavailable');
    }
    // A page of another site is that site, whatever it says.
    const foreign = { origin: 'https://other.example', 'sec-fetch-site': 'cross-site' };
    expect((await resolve(share, { headers: foreign, embedder: 'https://club.example' })).body.code).toBe(
      'share.origin_refused',
    );
  });
});

describe('the viewer session', () => {
  it('is given out by the first answer and kept by a renewal that names it', async () => {
    const share = await givenShare(subject.database, video);
    const first = (await resolve(share)).body.sessionId;
    expect((await resolve(share, { sessionId: first })).body.sessionId).toBe(first);
  });

  it.each(['not-a-session', 7, null, '01900000-0000-7000-8000-000000000001'])(
    'that is none (%j) is forgotten, and another is given out',
    async (sessionId) => {
      const { status, body } = await resolve(await givenShare(subject.database, video), { sessionId });
      expect(status).toBe(200);
      expect(body.sessionId).not.toBe(sessionId);
    },
  );
});
