import { createSecretKey, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenShare, givenVideo, rewriteHistory } from '../../../../test/fixtures.ts';
import { type IntegrationApp, startIntegrationApp } from '../../../../test/integration-app.ts';
import { ShareDoor } from '../../../../test/share-door.ts';
import { ShareProofs } from '../../../playback/share-proofs.ts';

let subject: IntegrationApp;
let door: ShareDoor;
beforeAll(async () => {
  subject = await startIntegrationApp();
  door = new ShareDoor(subject, await givenVideo(subject.database));
});
afterAll(() => subject.close());

const codeOf = async (link: GivenShare, proofs: unknown, headers?: Record<string, string>) => {
  const { status, body } = await door.resolve(link, { proofs }, headers);
  return status === 200 ? 'play.allowed' : body.code;
};
const proofOf = async (link: GivenShare, passphrase = 'open sesame') =>
  String((await door.passphrase(link, passphrase)).body.proof);

describe('a link with a passphrase and recipients', () => {
  it('opens with both proofs, in either order, and with neither alone', async () => {
    const link = await door.givenRecipientLink('ann@club.example');
    const hashed = await door.givenPassphraseLink('open sesame');
    await rewriteHistory(
      subject.database,
      `update app.share_tokens t set has_passphrase = true, passphrase_hash = h.passphrase_hash
       from app.share_tokens h where t.id = $1 and h.id = $2`,
      [link.id, hashed.id],
    );
    const [passphrase, { proof: address }] = [await proofOf(link), await door.provenAddress(link, 'ann@club.example')];
    expect(await codeOf(link, [passphrase, address])).toBe('play.allowed');
    expect(await codeOf(link, [address, passphrase])).toBe('play.allowed');
    expect(await codeOf(link, [passphrase])).toBe('share.recipient_needed');
    expect(await codeOf(link, [address])).toBe('share.passphrase_needed');
    expect(await codeOf(link, [])).toBe('share.recipient_needed');
  });

  it('opens to the account with the address, without a code', async () => {
    const { rows } = await subject.database.admin.query<{ email: string }>(
      `select email from app.profiles where subject = 'user_helen_castellano'`,
    );
    const link = await door.givenRecipientLink(rows[0]?.email ?? '');
    expect(await codeOf(link, undefined, await subject.authorization('helen'))).toBe('play.allowed');
    expect(await codeOf(link, undefined, await subject.authorization('ben'))).toBe('share.recipient_needed');
    expect(await codeOf(link, undefined)).toBe('share.recipient_needed');
    const { rows: decided } = await subject.database.admin.query(
      `select d.rule, r.value = $2 as is_helen from app.playback_decisions d left join app.share_recipients r on r.id = d.recipient_id
       where d.share_token_id = $1 order by d.decided_at`,
      [link.id, rows[0]?.email.toLowerCase()],
    );
    expect(decided).toEqual([
      { rule: 'play.allowed', is_helen: true },
      { rule: 'play.recipient_needed', is_helen: null },
      { rule: 'play.recipient_needed', is_helen: null },
    ]);
  });
});

describe('a proof', () => {
  it('is worth nothing with another link, after the secret was rotated, and for another step', async () => {
    const [link, other] = [
      await door.givenPassphraseLink('open sesame'),
      await door.givenPassphraseLink('open sesame'),
    ];
    const proof = await proofOf(link);
    expect(await codeOf(link, [proof])).toBe('play.allowed');
    expect(await codeOf(other, [proof])).toBe('share.passphrase_needed');

    const rotated = await subject.database.asUser(
      'amelia',
      (client) => client.query<{ secret: string }>('select secret from api.rotate_share_token($1, 1)', [link.id]),
      { keep: true },
    );
    const anew = { ...link, secret: rotated.rows[0]?.secret ?? '' };
    expect(await codeOf(link, [proof])).toBe('share.unavailable');
    expect(await codeOf(anew, [proof])).toBe('share.passphrase_needed');
    expect(await codeOf(anew, [await proofOf(anew)])).toBe('play.allowed');

    const forRecipients = await door.givenRecipientLink('ann@club.example');
    expect(await codeOf(forRecipients, [proof])).toBe('share.recipient_needed');
  });

  it('of an address is worth nothing once that is no recipient any more', async () => {
    const link = await door.givenRecipientLink('ann@club.example', 'bob@club.example');
    const { proof } = await door.provenAddress(link, 'ann@club.example');
    expect(await codeOf(link, [proof])).toBe('play.allowed');
    await subject.database.asUser(
      'amelia',
      (client) => client.query(`select api.update_share_token($1, 1, recipients => '{bob@club.example}')`, [link.id]),
      { keep: true },
    );
    expect(await codeOf(link, [proof])).toBe('share.recipient_needed');
  });

  it('that has expired, was changed, or is forged counts as not given', async () => {
    const link = await door.givenPassphraseLink('open sesame');
    const proof = await proofOf(link);
    const [header = '', payload = '', signature = ''] = proof.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const later = Buffer.from(JSON.stringify({ ...claims, exp: Number(claims.exp) + 3_600 })).toString('base64url');
    const { shareProofKey } = subject.config;
    const key = createSecretKey(Buffer.from(hkdfSync('sha256', shareProofKey, '', 'share-proof', 32)));
    const signed = (alg: string, typ: string, body: Record<string, unknown>) =>
      new SignJWT(body).setProtectedHeader({ alg, typ }).sign(key);
    // That the key is the right one: the very claims, signed again, are good.
    expect(await codeOf(link, [await signed('HS256', 'share-proof+jwt', claims)])).toBe('play.allowed');

    const { exp: _exp, ...endless } = claims;
    const bad = {
      expired: await signed('HS256', 'share-proof+jwt', { ...claims, exp: Math.floor(Date.now() / 1_000) - 1 }),
      endless: await signed('HS256', 'share-proof+jwt', endless),
      'of another type': await signed('HS256', 'JWT', claims),
      'of another kind': await signed('HS256', 'share-proof+jwt', { ...claims, kind: 'sign_in' }),
      'with another algorithm': await signed('HS384', 'share-proof+jwt', claims),
      'with no algorithm': new UnsecuredJWT(claims).encode(),
      'with a later end': `${header}.${later}.${signature}`,
      'with another signature': `${header}.${payload}.${Buffer.from(randomBytes(32)).toString('base64url')}`,
      'without a signature': `${header}.${payload}.`,
      'of another deployment': await new ShareProofs(createSecretKey(randomBytes(32))).issue(
        { publicId: link.publicId, secretHash: Buffer.alloc(32) },
        { kind: 'passphrase' },
        new Date(Date.now() + 60_000),
      ),
      'a session token': (await subject.authorization('amelia')).authorization.slice('Bearer '.length),
      empty: '',
      'not a token': 'passphrase',
    };
    for (const [name, forged] of Object.entries(bad)) {
      expect({ name, code: await codeOf(link, [forged]) }).toEqual({ name, code: 'share.passphrase_needed' });
    }
    expect(await codeOf(link, ['nothing', proof])).toBe('play.allowed');
  });

  it.each([
    ['three of them', ['a', 'b', 'c']],
    ['no list', 'a'],
    ['numbers', [1]],
    ['too long', ['x'.repeat(2_000)]],
  ])('in a list that cannot be one (%s) counts as not given', async (_name, proofs) => {
    const link = await door.givenPassphraseLink('open sesame');
    expect(await codeOf(link, proofs)).toBe('share.passphrase_needed');
  });

  it('does not help who has a wrong secret', async () => {
    const link = await door.givenPassphraseLink('open sesame');
    const proof = await proofOf(link);
    expect(await codeOf({ ...link, secret: 'x'.repeat(43) }, [proof])).toBe('share.unavailable');
  });
});

describe('a proof that runs out in the middle of a video, of a link that is used up meanwhile', () => {
  /** Somebody has claimed the only view of a link with these proofs, and is told what to prove anew. */
  async function watching(link: GivenShare, proof: string, needed: string): Promise<string> {
    await rewriteHistory(subject.database, 'update app.share_tokens set max_views = 1 where id = $1', [link.id]);
    const { body } = await door.resolve(link, { proofs: [proof] });
    const sessionId = String(body.sessionId);
    const claim = { sessionId, consent: false, events: [{ sequence: 0, kind: 'heartbeat' }] };
    expect(await door.post(link.publicId, '/events', claim)).toMatchObject({
      status: 200,
      body: { mayContinue: true },
    });
    // Without the proof, as when it has run out.
    expect((await door.resolve(link, { sessionId })).body.code).toBe(needed);
    expect((await door.resolve(link, { proofs: [proof] })).body.code).toBe('share.unavailable');
    return sessionId;
  }
  /** Sessions that are none of this link. */
  const others = async (): Promise<(string | undefined)[]> => {
    const other = await door.givenPassphraseLink('open sesame');
    const { body } = await door.resolve(other, { proofs: [await proofOf(other)] });
    return [undefined, randomUUID(), 'not-a-session', String(body.sessionId)];
  };

  it('a passphrase is given anew in the session that claimed the view, and in no other', async () => {
    const link = await door.givenPassphraseLink('open sesame');
    const sessionId = await watching(link, await proofOf(link), 'share.passphrase_needed');
    for (const other of await others()) {
      expect((await door.passphrase(link, 'open sesame', other)).body.code).toBe('share.unavailable');
    }
    const secret = 'x'.repeat(43);
    expect((await door.passphrase({ ...link, secret }, 'open sesame', sessionId)).body.code).toBe('share.unavailable');
    expect((await door.passphrase(link, 'open barley', sessionId)).body.code).toBe('share.passphrase_wrong');

    const { status, body } = await door.passphrase(link, 'open sesame', sessionId);
    expect(status).toBe(200);
    expect((await door.resolve(link, { sessionId, proofs: [body.proof] })).body).toMatchObject({ sessionId });
    expect((await door.resolve(link, { proofs: [body.proof] })).body.code).toBe('share.unavailable');
  });

  it('an address is proved anew in the session that claimed the view, and in no other', async () => {
    const link = await door.givenRecipientLink('ann@club.example');
    const { proof } = await door.provenAddress(link, 'ann@club.example');
    const sessionId = await watching(link, proof, 'share.recipient_needed');
    // The pause between two codes is over by the time that a proof has run out.
    await rewriteHistory(
      subject.database,
      `update app.share_code_challenges set created_at = created_at - interval '12 hours', expires_at = expires_at - interval '12 hours'
       where share_token_id = $1`,
      [link.id],
    );
    for (const other of await others()) {
      expect((await door.askCode(link, 'ann@club.example', other)).body.code).toBe('share.unavailable');
    }
    expect((await door.askCode(link, 'ann@club.example', sessionId)).status).toBe(202);
    const code = await door.codeFor(link, 'ann@club.example');
    for (const other of await others()) {
      expect((await door.tryCode(link, 'ann@club.example', code, other)).body.code).toBe('share.unavailable');
    }
    const { status, body } = await door.tryCode(link, 'ann@club.example', code, sessionId);
    expect(status).toBe(200);
    expect((await door.resolve(link, { sessionId, proofs: [body.proof] })).body).toMatchObject({ sessionId });
  });
});
