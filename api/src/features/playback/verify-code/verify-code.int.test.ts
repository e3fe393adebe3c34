import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenShare, givenVideo, rewriteHistory } from '../../../../test/fixtures.ts';
import { type IntegrationApp, startIntegrationApp } from '../../../../test/integration-app.ts';
import { ShareDoor } from '../../../../test/share-door.ts';

let subject: IntegrationApp;
let door: ShareDoor;
beforeAll(async () => {
  subject = await startIntegrationApp();
  door = new ShareDoor(subject, await givenVideo(subject.database));
});
afterAll(() => subject.close());

const ann = 'ann@club.example';

/** A code that is not the one that was mailed. */
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

async function givenCode(): Promise<{ link: GivenShare; code: string }> {
  const link = await door.givenRecipientLink(ann);
  await door.askCode(link, ann);
  return { link, code: await door.codeFor(link, ann) };
}

const change = (link: GivenShare, set: string) =>
  rewriteHistory(subject.database, `update app.share_code_challenges set ${set} where share_token_id = $1`, [link.id]);

describe('the code of a mail', () => {
  it('is exchanged for a proof that opens the link, in whatever capitals the address is written', async () => {
    const { link, code } = await givenCode();
    expect((await door.resolve(link)).body.code).toBe('share.recipient_needed');
    const { status, body } = await door.tryCode(link, 'Ann@Club.Example', ` ${code} `);
    expect(status).toBe(200);
    expect((await door.resolve(link, { proofs: [body.proof] })).status).toBe(200);
    expect(await door.attempts(link)).toEqual(['proof.code_asked', 'proof.code_right']);
  });

  it('puts on record which recipient watches, with the decision and with the view', async () => {
    const { link, code } = await givenCode();
    const { proof } = (await door.tryCode(link, ann, code)).body;
    const { sessionId } = (await door.resolve(link, { proofs: [proof] })).body;
    await door.post(link.publicId, '/events', {
      sessionId,
      consent: true,
      events: [{ sequence: 0, kind: 'heartbeat', watched: [[0, 5]] }],
    });
    const { rows } = await subject.database.admin.query(
      `select d.rule, r.value as recipient, v.value as viewer
       from app.playback_decisions d
       join app.share_recipients r on r.id = d.recipient_id
       left join (app.share_views w join app.share_recipients v on v.id = w.recipient_id) on w.session_id = d.session_id
       where d.share_token_id = $1`,
      [link.id],
    );
    expect(rows).toEqual([{ rule: 'play.allowed', recipient: ann, viewer: ann }]);
  });

  it('works once', async () => {
    const { link, code } = await givenCode();
    expect((await door.tryCode(link, ann, code)).status).toBe(200);
    const again = await door.tryCode(link, ann, code);
    expect({ status: again.status, code: again.body.code }).toEqual({ status: 403, code: 'share.code_wrong' });
  });

  it('given twice at the same moment is taken once', async () => {
    const { link, code } = await givenCode();
    const answers = await Promise.all(Array.from({ length: 6 }, () => door.tryCode(link, ann, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('is dead after five wrong tries, also when they come at the same moment', async () => {
    const { link, code } = await givenCode();
    const wrong = await Promise.all(Array.from({ length: 20 }, () => door.tryCode(link, ann, otherThan(code))));
    expect(new Set(wrong.map(({ body }) => body.code))).toEqual(new Set(['share.code_wrong']));
    const { rows } = await subject.database.admin.query(
      'select attempts, used_at from app.share_code_challenges where share_token_id = $1',
      [link.id],
    );
    expect(rows).toEqual([{ attempts: 5, used_at: null }]);
    expect((await door.tryCode(link, ann, code)).body.code).toBe('share.code_wrong');
  });

  it('is good at the fifth try after four wrong ones', async () => {
    const { link, code } = await givenCode();
    for (let i = 0; i < 4; i += 1) {
      await door.tryCode(link, ann, otherThan(code));
    }
    expect((await door.tryCode(link, ann, code)).status).toBe(200);
  });

  it('is dead after ten minutes, and when another one was asked for', async () => {
    const { link, code } = await givenCode();
    await change(
      link,
      `created_at = created_at - interval '10 minutes', expires_at = expires_at - interval '10 minutes'`,
    );
    expect((await door.tryCode(link, ann, code)).body.code).toBe('share.code_wrong');
    await change(link, `expires_at = now() + interval '10 minutes'`);
    await door.askCode(link, ann);
    expect((await door.tryCode(link, ann, code)).body.code).toBe('share.code_wrong');
    expect((await door.tryCode(link, ann, await door.codeFor(link, ann))).status).toBe(200);
  });

  it('is worth nothing for another address, with another link, and for who was taken off the recipients', async () => {
    const { link, code } = await givenCode();
    const other = await door.givenRecipientLink(ann, 'bob@club.example');
    await door.askCode(other, ann);
    expect((await door.tryCode(link, 'bob@club.example', code)).body.code).toBe('share.code_wrong');
    expect((await door.tryCode(other, ann, code)).body.code).toBe('share.code_wrong');
    await rewriteHistory(subject.database, 'delete from app.share_recipients where share_token_id = $1', [link.id]);
    expect((await door.tryCode(link, ann, code)).body.code).toBe('share.code_wrong');
  });

  it('of somebody who is no recipient is never right, even if it were guessed', async () => {
    const link = await door.givenRecipientLink(ann);
    await door.askCode(link, 'eve@evil.example');
    const guessed = await door.codeFor(link, 'eve@evil.example');
    expect((await door.tryCode(link, 'eve@evil.example', guessed)).body.code).toBe('share.code_wrong');
  });

  it.each(['12345', '1234567', 'abcdef', '', 123_456, undefined])(
    'that is none (%j) is refused at its field, and counts as no try',
    async (given) => {
      const { link, code } = await givenCode();
      const { status, body } = await door.tryCode(link, ann, given);
      expect({ status, code: body.code }).toEqual({ status: 422, code: 'request.invalid' });
      expect(body.errors).toMatchObject([{ pointer: '#/code' }]);
      expect((await door.tryCode(link, ann, code)).status).toBe(200);
    },
  );
});
