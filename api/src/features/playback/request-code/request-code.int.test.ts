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

const olderBy = (shareId: string, interval: string) =>
  rewriteHistory(
    subject.database,
    `update app.share_code_challenges set created_at = created_at - $2::interval, expires_at = expires_at - $2::interval
     where share_token_id = $1`,
    [shareId, interval],
  );

describe('asking for a code', () => {
  it('is answered alike for a recipient and for anybody else, and writes the same rows and jobs', async () => {
    const link = await door.givenRecipientLink('ann@club.example');
    const [ann, bob] = [await door.askCode(link, 'ann@club.example'), await door.askCode(link, 'bob@club.example')];
    expect([ann.status, bob.status]).toEqual([202, 202]);
    expect(ann.body).toEqual({ sentTo: 'a***@club.example', expiresAt: expect.any(String), retryAfterSeconds: 60 });
    expect(bob.body).toEqual({ sentTo: 'b***@club.example', expiresAt: expect.any(String), retryAfterSeconds: 60 });
    const comparable = ({ date: _date, ...headers }: Record<string, string>) => headers;
    expect(comparable(bob.headers)).toEqual(comparable(ann.headers));
    const { rows } = await subject.database.admin.query(
      `select c.address, c.state, r.value as recipient,
              (select count(*)::integer from pgboss.job j where j.name = 'mail-share-code' and j.data = jsonb_build_object('challengeId', c.id)) as jobs
       from app.share_code_challenges c left join app.share_recipients r on r.id = c.recipient_id
       where c.share_token_id = $1 order by c.created_at`,
      [link.id],
    );
    expect(rows).toEqual([
      { address: 'ann@club.example', state: 'queued', recipient: 'ann@club.example', jobs: 1 },
      { address: null, state: 'withheld', recipient: null, jobs: 1 },
    ]);
    expect(await door.attempts(link)).toEqual(['proof.code_asked', 'proof.code_asked']);
  });

  it('tells when the code dies: after ten minutes, or with its link', async () => {
    const link = await door.givenRecipientLink('@club.example');
    const { body } = await door.askCode(link, ' Ann@Club.example ');
    const life = Date.parse(String(body.expiresAt)) - Date.now();
    expect(life).toBeGreaterThan(590_000);
    expect(life).toBeLessThanOrEqual(600_000);
    await rewriteHistory(
      subject.database,
      `update app.share_tokens set expires_at = now() + interval '2 minutes', created_at = now() - interval '100 hours' where id = $1`,
      [link.id],
    );
    const late = await door.askCode(link, 'bob@club.example');
    expect(Date.parse(String(late.body.expiresAt)) - Date.now()).toBeLessThanOrEqual(120_000);
  });

  it('again is refused for a minute, whether the address is a recipient or not; another address is not kept waiting', async () => {
    const link = await door.givenRecipientLink('ann@club.example');
    for (const email of ['ann@club.example', 'bob@club.example']) {
      expect((await door.askCode(link, email)).status).toBe(202);
      const { status, body, headers } = await door.askCode(link, email);
      expect({ status, code: body.code }).toEqual({ status: 429, code: 'share.throttled' });
      expect(Number(headers['retry-after'])).toBeGreaterThan(50);
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    }
    await olderBy(link.id, '1 minute');
    expect((await door.askCode(link, 'ann@club.example')).status).toBe(202);
  });

  it('five times in an hour is enough', async () => {
    const link = await door.givenRecipientLink('ann@club.example');
    for (let i = 0; i < 5; i += 1) {
      expect((await door.askCode(link, 'ann@club.example')).status).toBe(202);
      await olderBy(link.id, '61 seconds');
    }
    const { status, headers } = await door.askCode(link, 'ann@club.example');
    expect(status).toBe(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(3_000);
    await olderBy(link.id, '56 minutes');
    expect((await door.askCode(link, 'ann@club.example')).status).toBe(202);
  });

  it('at the same moment is served once', async () => {
    const link = await door.givenRecipientLink('ann@club.example');
    const answers = await Promise.all(Array.from({ length: 8 }, () => door.askCode(link, 'ann@club.example')));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 429, 429, 429, 429, 429, 429, 429]);
  });

  it('a hundred times in an hour ends it for a link, lest a whole domain be flooded', async () => {
    const link = await door.givenRecipientLink('@club.example');
    await rewriteHistory(
      subject.database,
      `insert into app.share_code_challenges (share_token_id, coach_id, address_hash, code_hash, created_at, expires_at, state, finished_at)
       select t.id, t.coach_id, sha256(n::text::bytea), sha256('code'), now() - interval '30 minutes', now(), 'sent', now()
       from app.share_tokens t, generate_series(1, 100) n where t.id = $1`,
      [link.id],
    );
    const { status, headers } = await door.askCode(link, 'ann@club.example');
    expect(status).toBe(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(1_700);
  });

  it('for an address that bounces is answered like any other, and nothing is mailed', async () => {
    const link = await door.givenRecipientLink('gone@club.example');
    await door.askCode(link, 'gone@club.example');
    await rewriteHistory(
      subject.database,
      `update app.share_code_challenges set state = 'bounced', finished_at = now(), address = null where share_token_id = $1`,
      [link.id],
    );
    const other = await door.givenRecipientLink('gone@club.example');
    const { status, body } = await door.askCode(other, 'gone@club.example');
    expect({ status, sentTo: body.sentTo }).toEqual({ status: 202, sentTo: 'g***@club.example' });
    const { rows } = await subject.database.admin.query(
      'select state, address from app.share_code_challenges where share_token_id = $1',
      [other.id],
    );
    expect(rows).toEqual([{ state: 'withheld', address: null }]);
  });

  it('of a link that is for nobody in particular is refused', async () => {
    const link = await door.givenPassphraseLink('open sesame');
    expect((await door.askCode(link, 'ann@club.example')).body.code).toBe('share.unavailable');
    expect(await door.attempts(link)).toEqual(['proof.not_asked']);
  });

  it.each(['nobody', '@club.example', 'ann@club', 'a b@club.example', `${'a'.repeat(250)}@club.example`, 7, undefined])(
    'for what is no address (%j) is refused at its field',
    async (email) => {
      const link = await door.givenRecipientLink('ann@club.example');
      const { status, body } = await door.askCode(link, email);
      expect({ status, code: body.code }).toEqual({ status: 422, code: 'request.invalid' });
      expect(body.errors).toMatchObject([{ pointer: '#/email' }]);
    },
  );

  it('leaves no code and no address in the job, and no code in the row', async () => {
    const link = await door.givenRecipientLink('ann@club.example');
    await door.askCode(link, 'ann@club.example');
    const code = await door.codeFor(link, 'ann@club.example');
    expect(code).toMatch(/^\d{6}$/);
    const { rows } = await subject.database.admin.query<{ keys: string[] }>(
      `select array(select jsonb_object_keys(data)) as keys from pgboss.job where name = 'mail-share-code'`,
    );
    expect(new Set(rows.flatMap(({ keys }) => keys))).toEqual(new Set(['challengeId']));
    const { rows: challenges } = await subject.database.admin.query<{ line: string }>(
      `select to_jsonb(c) - 'id' - 'address_hash' - 'code_hash' - 'created_at' - 'expires_at' as line
       from app.share_code_challenges c where share_token_id = $1`,
      [link.id],
    );
    expect(JSON.stringify(challenges)).not.toContain(`"${code}"`);
    expect(subject.log()).not.toContain('ann@club.example');
  });
});
