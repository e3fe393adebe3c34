import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  arrangeShare,
  arrangeShareInTime,
  arrangeVideo,
  decide,
  only,
  type Share,
  type Upload,
} from '../src/arrange.ts';
import { type Claims, claimsOf, createTestDatabase, type PersonaName, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
let video: Upload;
let others: Upload;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  video = await arrangeVideo(database, 'amelia');
  others = await arrangeVideo(database, 'ben');
});
afterAll(() => database?.close());

type Choice = { tokenIds?: string[]; videoId?: string; coachId?: string };
type Receipt = {
  revocation_id: string;
  revoked_at: Date;
  token_count: number;
  last_byte_possible_by: Date;
  tokens: { id: string; last_decision_at: string | null; last_byte_possible_by: string }[];
};

/** Every call with a confirmation of its own. */
const confirmed = (who: PersonaName, overrides: Claims = {}) => claimsOf(who, { sid: randomUUID(), ...overrides });

const revoke = (who: Claims, count: number | null, choice: Choice, reason = 'The season is over') =>
  database.asUser(
    who,
    async (client) =>
      only(
        await client.query<Receipt>('select * from api.revoke_share_tokens($1, $2, $3, $4, $5)', [
          reason,
          count,
          choice.tokenIds ?? null,
          choice.videoId ?? null,
          choice.coachId ?? null,
        ]),
      ),
    { keep: true },
  );

const preview = (who: PersonaName, choice: Choice) =>
  database.asUser(who, async (client) => {
    const { rows } = await client.query<{ id: string; last_byte_possible_by: Date }>(
      'select * from api.preview_revocation($1, $2, $3)',
      [choice.tokenIds ?? null, choice.videoId ?? null, choice.coachId ?? null],
    );
    return rows.map((row) => row.id).sort();
  });

const revokedOf = async (shares: Share[]): Promise<string[]> =>
  (
    await database.admin.query<{ id: string }>(
      'select id from app.share_tokens where id = any ($1) and revoked_at is not null order by id',
      [shares.map((share) => share.id)],
    )
  ).rows.map((row) => row.id);

const ids = (...shares: Share[]) => shares.map((share) => share.id).sort();

describe('bulk revocation', () => {
  test('revokes what the preview showed, at one moment, and leaves everything else alone', async () => {
    const [one, two, elsewhere] = [
      await arrangeShare(database, 'amelia', video.videoId),
      await arrangeShare(database, 'amelia', video.videoId),
      await arrangeShare(database, 'ben', others.videoId),
    ];
    expect(await preview('amelia', { videoId: video.videoId })).toEqual(ids(one, two));
    const receipt = await revoke(confirmed('amelia'), 2, { videoId: video.videoId });
    expect(receipt.token_count).toBe(2);
    expect(receipt.tokens.map((line) => line.id)).toEqual(ids(one, two));
    expect(await revokedOf([one, two, elsewhere])).toEqual(ids(one, two));
    const moments = await database.admin.query('select distinct revoked_at from app.share_tokens where id = any ($1)', [
      [one.id, two.id],
    ]);
    expect(moments.rows).toEqual([{ revoked_at: receipt.revoked_at }]);
    expect(await decide(database, one.publicId, one.secret)).toMatchObject({ allowed: false, rule: 'play.revoked' });
    expect(await decide(database, elsewhere.publicId, elsewhere.secret)).toMatchObject({ allowed: true });
  });

  test('the receipt tells for each link when somebody was last let in and by when its last byte can have been played', async () => {
    const watched = await arrangeShare(database, 'amelia', video.videoId);
    const unseen = await arrangeShare(database, 'amelia', video.videoId);
    const play = await decide(database, watched.publicId, watched.secret, { ttl: 300 });
    const receipt = await revoke(confirmed('amelia'), 2, { tokenIds: ids(watched, unseen) });
    const line = (share: Share) => receipt.tokens.find(({ id }) => id === share.id);
    expect(new Date(line(watched)?.last_byte_possible_by ?? 0).getTime()).toBe(play.token_expires_at?.getTime());
    expect(line(watched)?.last_decision_at).not.toBeNull();
    expect(line(unseen)).toMatchObject({ last_decision_at: null });
    expect(new Date(line(unseen)?.last_byte_possible_by ?? 0).getTime()).toBe(receipt.revoked_at.getTime());
    expect(receipt.last_byte_possible_by).toEqual(play.token_expires_at);
  });

  test('the receipt stays, and is read by who made it, by an admin, and line by line by the owner of the links', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    const { revocation_id } = await revoke(confirmed('priya'), 1, { tokenIds: [share.id] });
    const read = async (who: PersonaName) =>
      database.asUser(who, async (client) => ({
        receipts: (await client.query('select id from api.revocations where id = $1', [revocation_id])).rows.length,
        lines: (await client.query('select id from api.revoked_tokens where revocation_id = $1', [revocation_id])).rows,
      }));
    expect(await read('priya')).toEqual({ receipts: 1, lines: [{ id: share.id }] });
    expect(await read('amelia')).toEqual({ receipts: 0, lines: [{ id: share.id }] });
    expect(await read('ben')).toEqual({ receipts: 0, lines: [] });
  });

  test('each link has its entry in the audit log, with the reason', async () => {
    const [one, two] = [
      await arrangeShare(database, 'amelia', video.videoId),
      await arrangeShare(database, 'amelia', video.videoId),
    ];
    await revoke(confirmed('amelia'), 2, { videoId: video.videoId }, '  Changed club  ');
    const { rows } = await database.admin.query(
      `select object_id, reason from audit.entries where action = 'share_token.revoked' and object_id = any ($1) order by 1`,
      [[one.id, two.id]],
    );
    expect(rows).toEqual(ids(one, two).map((id) => ({ object_id: id, reason: 'Changed club' })));
  });

  test("a coach cannot revoke another coach's links, by ids, by video or by coach", async () => {
    const share = await arrangeShare(database, 'ben', others.videoId);
    const { rows } = await database.admin.query<{ coach_id: string }>(
      'select coach_id from app.share_tokens where id = $1',
      [share.id],
    );
    for (const choice of [
      { tokenIds: [share.id] },
      { videoId: others.videoId },
      { coachId: rows[0]?.coach_id ?? '' },
    ]) {
      expect(await preview('amelia', choice)).toEqual([]);
      expect(await refusalOf(revoke(confirmed('amelia'), 1, choice))).toMatchObject({
        status: 409,
        code: 'share.selection_changed',
      });
    }
    expect(await revokedOf([share])).toEqual([]);
  });

  test('an admin revokes the links of any coach', async () => {
    const share = await arrangeShare(database, 'ben', others.videoId);
    const receipt = await revoke(confirmed('priya'), 1, { videoId: others.videoId });
    expect(receipt.tokens.map((line) => line.id)).toEqual([share.id]);
  });

  test('a link that has expired or was revoked before is not in the choice; one that has not started is', async () => {
    const live = await arrangeShare(database, 'amelia', video.videoId);
    const expired = await arrangeShareInTime(database, video, { madeHoursAgo: 30, lifeHours: 24 });
    const coming = await arrangeShareInTime(database, video, { startsInHours: 5 });
    await revoke(confirmed('amelia'), 1, { tokenIds: [live.id] });
    expect(await preview('amelia', { tokenIds: ids(live, expired, coming) })).toEqual([coming.id]);
  });

  test('nothing is revoked when the choice is not what the preview showed', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    for (const count of [2, 1000]) {
      expect(await refusalOf(revoke(confirmed('amelia'), count, { videoId: video.videoId }))).toMatchObject({
        status: 409,
        code: 'share.selection_changed',
      });
    }
    expect(await revokedOf([share])).toEqual([]);
  });

  test('without a fresh confirmation nothing is revoked, and one confirmation serves one bulk revocation', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    const stale = confirmed('amelia', { fva: [11, -1] });
    expect(await refusalOf(revoke(stale, 1, { videoId: video.videoId }))).toMatchObject({
      status: 403,
      code: 'auth.step_up_required',
    });
    expect(await revokedOf([share])).toEqual([]);
    const fresh = confirmed('amelia');
    await revoke(fresh, 1, { videoId: video.videoId });
    await arrangeShare(database, 'amelia', video.videoId);
    expect(await refusalOf(revoke(fresh, 1, { videoId: video.videoId }))).toMatchObject({
      code: 'auth.step_up_required',
    });
  });

  test('of two that overlap at the same moment one revokes and the other is told that the choice has changed', async () => {
    const shares = await Promise.all([1, 2, 3].map(() => arrangeShare(database, 'amelia', video.videoId)));
    const results = await Promise.allSettled([
      revoke(confirmed('amelia'), 3, { videoId: video.videoId }),
      revoke(confirmed('priya'), 3, { tokenIds: ids(...shares).reverse() }),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const failed = results.find((result) => result.status === 'rejected');
    expect(await refusalOf(Promise.reject(failed?.reason))).toMatchObject({ code: 'share.selection_changed' });
  });

  test('a choice of nothing, too many ids, no count and a reason too short are refused at their fields', async () => {
    const fields = async (work: Promise<unknown>) => (await refusalOf(work)).fields.map((field) => field.pointer);
    expect(await fields(revoke(confirmed('amelia'), 1, {}))).toEqual(['#/token_ids']);
    expect(await fields(revoke(confirmed('amelia'), 1, { tokenIds: [] }))).toEqual(['#/token_ids']);
    expect(await fields(revoke(confirmed('amelia'), 1, { tokenIds: Array(1001).fill(video.videoId) }))).toEqual([
      '#/token_ids',
    ]);
    expect(await fields(revoke(confirmed('amelia'), null, { videoId: video.videoId }, 'x'))).toEqual([
      '#/reason',
      '#/expected_count',
    ]);
    expect(await fields(preview('amelia', {}))).toEqual(['#/token_ids']);
  });
});

describe('a choice by a filter', () => {
  const chosenBy = async (who: PersonaName, filter: Record<string, string>) =>
    database.asUser(who, async (client) => {
      const { rows } = await client.query<{ id: string }>('select id from api.preview_revocation(filter => $1)', [
        filter,
      ]);
      return rows.map((row) => row.id).sort();
    });
  const revokeBy = (who: Claims, count: number, filter: Record<string, string>) =>
    database.asUser(
      who,
      async (client) =>
        only(
          await client.query<Receipt>(`select * from api.revoke_share_tokens('The season is over', $1, filter => $2)`, [
            count,
            filter,
          ]),
        ),
      { keep: true },
    );

  test('holds the links that match every criterion, of the caller’s own alone unless an admin asks', async () => {
    const word = randomUUID();
    const [here, coming] = [
      await arrangeShare(database, 'amelia', video.videoId, { label: `Squad ${word} A` }),
      await arrangeShareInTime(database, video, { startsInHours: 5 }),
    ];
    const titled = await arrangeVideo(database, 'ben', `Film ${word}`);
    const recipient = `ann@${word}.example`;
    const bens = await arrangeShare(database, 'ben', titled.videoId, { recipients: [recipient] });

    expect(await chosenBy('priya', { search: word.toUpperCase() })).toEqual(ids(here, bens));
    expect(await chosenBy('amelia', { search: word })).toEqual([here.id]);
    expect(await chosenBy('priya', { label: word, search: 'squad' })).toEqual([here.id]);
    expect(await chosenBy('priya', { recipient: recipient.toUpperCase() })).toEqual([bens.id]);
    expect(await chosenBy('priya', { recipient: `@${word}.example` })).toEqual([]);
    expect(await chosenBy('priya', { video_id: video.videoId, status: 'scheduled' })).toEqual([coming.id]);
    expect(await chosenBy('priya', { video_id: video.videoId, status: 'active' })).toEqual([here.id]);
    const [before, after] = [
      new Date(here.expiresAt.getTime() - 1000).toISOString(),
      new Date(here.expiresAt.getTime() + 1000).toISOString(),
    ];
    expect(await chosenBy('priya', { search: word, expires_from: before, expires_before: after })).toContain(here.id);
    expect(await chosenBy('priya', { label: word, expires_from: after })).toEqual([]);
    expect(await chosenBy('priya', { label: word, expires_before: before })).toEqual([]);
    expect(await chosenBy('priya', { label: word, created_from: new Date().toISOString() })).toEqual([]);
    expect(await chosenBy('priya', { label: word, created_before: '2020-01-01' })).toEqual([]);
    expect(await chosenBy('priya', { search: '%' })).not.toContain(here.id);
  });

  test('is decided at the act: a link made since the preview stops it, and the receipt says by what it was chosen', async () => {
    const word = randomUUID();
    const first = await arrangeShare(database, 'amelia', video.videoId, { label: word });
    expect(await chosenBy('priya', { label: word })).toEqual([first.id]);
    const second = await arrangeShare(database, 'amelia', video.videoId, { label: word });
    expect(await refusalOf(revokeBy(confirmed('priya'), 1, { label: word }))).toMatchObject({
      code: 'share.selection_changed',
    });
    expect(await revokedOf([first, second])).toEqual([]);
    const receipt = await revokeBy(confirmed('priya'), 2, { label: word });
    expect(receipt.tokens.map(({ id }) => id)).toEqual(ids(first, second));
    const { rows } = await database.admin.query('select filter from app.revocations where id = $1', [
      receipt.revocation_id,
    ]);
    expect(rows).toEqual([{ filter: { label: word } }]);
  });
});

describe('the notice of a revocation', () => {
  const told = async (occasion: string) =>
    (
      await database.admin.query<{ subject: string; count: string }>(
        `select p.subject, n.variables ->> 'count' as count from app.notifications n join app.profiles p on p.id = n.profile_id
         where n.dedupe_key = $1 order by 1`,
        [occasion],
      )
    ).rows;

  test('goes once to each coach whose links somebody else revoked, and to nobody of their own act', async () => {
    const shares = [
      await arrangeShare(database, 'amelia', video.videoId),
      await arrangeShare(database, 'amelia', video.videoId),
      await arrangeShare(database, 'ben', others.videoId),
    ];
    const { revocation_id } = await revoke(confirmed('priya'), 3, { tokenIds: ids(...shares) });
    expect(await told(`share.revoked:${revocation_id}`)).toEqual([
      { subject: 'user_amelia_hart', count: '2' },
      { subject: 'user_ben_okafor', count: '1' },
    ]);
    const own = await arrangeShare(database, 'amelia', video.videoId);
    const receipt = await revoke(confirmed('amelia'), 1, { tokenIds: [own.id] });
    expect(await told(`share.revoked:${receipt.revocation_id}`)).toEqual([]);
  });

  test('never stops a revocation, however long titles and reason are', async () => {
    const long = '\u{1F3BF}'.repeat(200);
    const films = await Promise.all(
      [1, 2, 3, 4].map((no) => arrangeVideo(database, 'amelia', `${no}${long}`.slice(0, 390))),
    );
    const shares = await Promise.all(films.map(({ videoId }) => arrangeShare(database, 'amelia', videoId)));
    const receipt = await revoke(confirmed('priya'), 4, { tokenIds: ids(...shares) }, '\u{1F3BF}'.repeat(500));
    expect(await told(`share.revoked:${receipt.revocation_id}`)).toEqual([{ subject: 'user_amelia_hart', count: '4' }]);
  });

  test('goes to the coach when an admin revokes one link', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    await database.asUser(
      'priya',
      (client) => client.query(`select api.revoke_share_token($1, 'Wrong club')`, [share.id]),
      { keep: true },
    );
    expect(await told(`share.revoked:${share.id}`)).toEqual([{ subject: 'user_amelia_hart', count: '1' }]);
  });
});
