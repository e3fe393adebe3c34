import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenShare, givenShare, givenVideo, rewriteHistory } from '../../../../test/fixtures.ts';
import { type IntegrationApp, startIntegrationApp } from '../../../../test/integration-app.ts';
import { ShareDoor } from '../../../../test/share-door.ts';

let subject: IntegrationApp;
let door: ShareDoor;
let video: Awaited<ReturnType<typeof givenVideo>>;
beforeAll(async () => {
  subject = await startIntegrationApp();
  video = await givenVideo(subject.database);
  door = new ShareDoor(subject, video);
});
afterAll(() => subject.close());

async function givenLimited(maxViews: number): Promise<GivenShare> {
  const share = await givenShare(subject.database, video);
  await rewriteHistory(subject.database, 'update app.share_tokens set max_views = $2 where id = $1', [
    share.id,
    maxViews,
  ]);
  return share;
}

const watch = async (share: GivenShare, sessionId: unknown) =>
  (
    await door.post(share.publicId, '/events', {
      sessionId,
      events: [{ sequence: 0, kind: 'heartbeat', watched: [[0, 5]] }],
    })
  ).body.mayContinue;

const claimed = async (share: GivenShare) =>
  (await subject.database.admin.query<{ claimed: number }>('select app.claimed_views($1) as claimed', [share.id]))
    .rows[0]?.claimed;

describe('a link at its limit', () => {
  it('of two viewers who race for its last view exactly one wins, and the other cannot go on', async () => {
    for (let round = 0; round < 10; round += 1) {
      const share = await givenLimited(1);
      const sessions = await Promise.all([door.resolve(share), door.resolve(share)]);
      expect(sessions.map(({ status }) => status)).toEqual([200, 200]);
      const ids = sessions.map(({ body }) => body.sessionId);
      const watching = await Promise.all(ids.map((id) => watch(share, id)));
      expect(watching.filter((may) => may === true)).toHaveLength(1);
      expect(await claimed(share)).toBe(1);
      const renewed = await Promise.all(ids.map((sessionId) => door.resolve(share, { sessionId })));
      expect(renewed.map(({ status }) => status === 200)).toEqual(watching);
    }
  });

  it('a preview bot that fetches its page a hundred times burns no view, and neither does one that opens the link', async () => {
    const share = await givenLimited(1);
    const bot = { 'user-agent': 'facebookexternalhit/1.1' };
    for (let i = 0; i < 100; i += 1) {
      await (await fetch(`${subject.origin}/s/${share.publicId}`, { headers: bot })).arrayBuffer();
    }
    for (let i = 0; i < 9; i += 1) {
      expect((await door.resolve(share, {}, bot)).status).toBe(200);
    }
    expect(await claimed(share)).toBe(0);
    const viewer = await door.resolve(share);
    expect(await watch(share, viewer.body.sessionId)).toBe(true);
  });
});

describe('a link that is revoked while a thousand ask for it', () => {
  it('gives out no token after the revocation was committed', async () => {
    const share = await givenShare(subject.database, video);
    let revokedAt = Number.POSITIVE_INFINITY;
    let begun = 0;
    const answers: { startedAt: number; status: number }[] = [];
    const ask = async (): Promise<void> => {
      while (begun < 1_000) {
        begun += 1;
        const startedAt = performance.now();
        const { status } = await door.resolve(share);
        answers.push({ startedAt, status });
      }
    };
    const revoke = async (): Promise<void> => {
      while (answers.length < 400) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      await subject.database.asUser(
        'amelia',
        (client) => client.query(`select api.revoke_share_token($1, 'Wrong person')`, [share.id]),
        { keep: true },
      );
      revokedAt = performance.now();
    };
    await Promise.all([revoke(), ...Array.from({ length: 50 }, ask)]);
    expect(answers).toHaveLength(1_000);
    const after = answers.filter(({ startedAt }) => startedAt > revokedAt);
    // Both sides are there, or nothing was raced for.
    expect(after.length).toBeGreaterThan(100);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(100);
    expect(after.filter(({ status }) => status !== 403)).toEqual([]);
    // The database's own order: no decision let anybody in later than the revocation says.
    const { rows } = await subject.database.admin.query(
      `select d.id from app.playback_decisions d join app.share_tokens t on t.id = d.share_token_id
       where t.id = $1 and d.allowed and d.decided_at > t.revoked_at`,
      [share.id],
    );
    expect(rows).toEqual([]);
  }, 60_000);
});
