import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { givenVideo, rewriteHistory } from '../../../../test/fixtures.ts';
import { type IntegrationApp, startIntegrationApp } from '../../../../test/integration-app.ts';
import { ShareDoor } from '../../../../test/share-door.ts';

let subject: IntegrationApp;
let door: ShareDoor;
beforeAll(async () => {
  subject = await startIntegrationApp();
  door = new ShareDoor(subject, await givenVideo(subject.database));
});
afterAll(() => subject.close());

const hours = (count: number) => count * 3_600_000;

describe('the passphrase of a link', () => {
  it('is exchanged for a proof that opens it, for 12 hours', async () => {
    const link = await door.givenPassphraseLink('open sesame');
    expect((await door.resolve(link)).body.code).toBe('share.passphrase_needed');
    const { status, body, headers } = await door.passphrase(link, 'open sesame');
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    const life = Date.parse(String(body.expiresAt)) - Date.now();
    expect(life).toBeGreaterThan(hours(11.9));
    expect(life).toBeLessThanOrEqual(hours(12));
    expect((await door.resolve(link, { proofs: [body.proof] })).status).toBe(200);
    expect(await door.attempts(link)).toEqual(['proof.passphrase_right']);
  });

  it('is the same however the letters are composed, and another with other capitals or a blank more', async () => {
    const link = await door.givenPassphraseLink('über die Berge');
    expect((await door.passphrase(link, 'u\u0308ber die Berge')).status).toBe(200);
    expect((await door.passphrase(link, 'Über die Berge')).status).toBe(403);
    expect((await door.passphrase(link, 'über die Berge ')).status).toBe(403);
  });

  it('proved shortly before the end of a link proves nothing longer than the link', async () => {
    const link = await door.givenPassphraseLink('open sesame');
    await rewriteHistory(
      subject.database,
      `update app.share_tokens set expires_at = now() + interval '1 hour', created_at = now() - interval '100 hours' where id = $1`,
      [link.id],
    );
    const { body } = await door.passphrase(link, 'open sesame');
    expect(Date.parse(String(body.expiresAt)) - Date.now()).toBeLessThanOrEqual(hours(1));
  });

  it('that is wrong is told to who holds the secret, and to nobody else', async () => {
    const link = await door.givenPassphraseLink('open sesame');
    const wrong = await door.passphrase(link, 'open barley');
    expect({ status: wrong.status, code: wrong.body.code }).toEqual({ status: 403, code: 'share.passphrase_wrong' });
    const stranger = await door.passphrase({ ...link, secret: 'x'.repeat(43) }, 'open sesame');
    expect({ status: stranger.status, code: stranger.body.code }).toEqual({ status: 403, code: 'share.unavailable' });
    expect(await door.attempts(link)).toEqual(['proof.passphrase_wrong', 'play.wrong_secret']);
  });

  it('that was wrong five times is not looked at for a while, right or not; tries at the same moment count each', async () => {
    const link = await door.givenPassphraseLink('open sesame');
    const answers = await Promise.all(Array.from({ length: 12 }, () => door.passphrase(link, 'open barley')));
    const codes = answers.map(({ body }) => body.code).sort();
    expect(codes).toEqual([
      ...Array.from({ length: 5 }, () => 'share.passphrase_wrong'),
      ...Array.from({ length: 7 }, () => 'share.throttled'),
    ]);
    const right = await door.passphrase(link, 'open sesame');
    expect({ status: right.status, code: right.body.code }).toEqual({ status: 429, code: 'share.throttled' });
    const wait = Number(right.headers['retry-after']);
    expect(wait).toBeGreaterThan(800);
    expect(wait).toBeLessThanOrEqual(900);

    await rewriteHistory(
      subject.database,
      `update app.share_proof_attempts set attempted_at = attempted_at - interval '15 minutes' where share_token_id = $1`,
      [link.id],
    );
    expect((await door.passphrase(link, 'open sesame')).status).toBe(200);
  });

  it('is not asked for by every link: there it proves nothing', async () => {
    const link = await door.givenRecipientLink('ann@club.example');
    expect((await door.passphrase(link, 'open sesame')).body.code).toBe('share.unavailable');
    expect(await door.attempts(link)).toEqual(['proof.not_asked']);
  });

  it.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['is too long', 'x'.repeat(129)],
    ['is a list', ['open sesame']],
  ])('that %s is refused at its field', async (_name, passphrase) => {
    const link = await door.givenPassphraseLink('open sesame');
    const { status, body } = await door.passphrase(link, passphrase);
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'request.invalid' });
    expect(body.errors).toMatchObject([{ pointer: '#/passphrase' }]);
  });

  it('stands in no log line and no table', async () => {
    const link = await door.givenPassphraseLink('a passphrase to look for');
    const { body } = await door.passphrase(link, 'a passphrase to look for');
    await door.passphrase(link, 'a passphrase to look for, wrong');
    expect(subject.log()).not.toContain('a passphrase to look for');
    expect(subject.log()).not.toContain(body.proof);
    const { rows } = await subject.database.admin.query<{ line: string }>(
      'select to_jsonb(t)::text as line from app.share_proof_attempts t union all select to_jsonb(t)::text from app.share_tokens t',
    );
    expect(rows.filter(({ line }) => line.includes('look for') || line.includes(String(body.proof)))).toEqual([]);
  });
});
