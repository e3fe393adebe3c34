import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { arrangeShare, arrangeVideo, assetOf, decide, only, type Upload } from '../src/arrange.ts';
import { claimsOf, createTestDatabase, type PersonaName, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
let video: Upload;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  video = await arrangeVideo(database, 'amelia');
  // Each test has the worker to itself.
  await database.admin.query(
    `update app.playback_cuts set state = 'failed', failed_at = now() where state in ('requested', 'switched', 'deleted')`,
  );
});
afterAll(() => database?.close());

type Cut = { cut_id: string; requested_at: Date; revocation_id: string | null; token_count: number };
type Claim = { id: string; runner: string; state: string; known_ids: string[] };

const cut = (who: PersonaName, expected: number | null = null, videoId = video.videoId) =>
  database.asUser(
    claimsOf(who, { sid: randomUUID() }),
    async (client) =>
      only(
        await client.query<Cut>(`select * from api.cut_playback($1, 'Sent to the wrong club', $2, $3)`, [
          videoId,
          expected !== null,
          expected,
        ]),
      ),
    { keep: true },
  );
const claims = async () => (await database.service.query<Claim>('select * from app.claim_playback_cut()')).rows;
const claim = async () => only({ rows: await claims() });
const step = (text: string, values: unknown[]) => database.service.query(text, values);
const switchTo = ({ id, runner }: Claim, newId: string, others: string[] = [video.playbackId]) =>
  step('select app.switch_playback($1, $2, $3, $4)', [id, runner, newId, others]);
const finishDeletion = ({ id, runner }: Claim, ids: string[] = [video.playbackId]) =>
  step('select app.finish_playback_deletion($1, $2, $3)', [id, runner, ids]);
const confirm = ({ id, runner }: Claim) => step('select app.confirm_playback_cut($1, $2, 403)', [id, runner]);
const shown = async (who: PersonaName, id: string) =>
  database.asUser(who, async (client) => {
    const { rows } = await client.query<{ state: string; confirmed_after_ms: number | null }>(
      'select state, confirmed_after_ms from api.playback_cuts where id = $1',
      [id],
    );
    return rows;
  });
const newId = () => `playback-new-${randomUUID()}`;

describe('a cut of a playback', () => {
  test('a link that lives is given the new id once the cut has switched, and the old one until then', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    const { cut_id } = await cut('amelia');
    expect(await shown('amelia', cut_id)).toEqual([{ state: 'requested', confirmed_after_ms: null }]);
    expect((await decide(database, share.publicId, share.secret)).playback_id).toBe(video.playbackId);
    const held = await claim();
    const fresh = newId();
    await switchTo(held, fresh);
    expect((await decide(database, share.publicId, share.secret)).playback_id).toBe(fresh);
    await finishDeletion(held);
    await confirm(held);
    const [row] = await shown('amelia', cut_id);
    expect(row?.state).toBe('confirmed');
    expect(row?.confirmed_after_ms).toBeGreaterThanOrEqual(0);
  });

  test('an admin cuts off any video, its coach sees it, and no other coach does', async () => {
    const { cut_id } = await cut('priya');
    expect(await shown('priya', cut_id)).toHaveLength(1);
    expect(await shown('amelia', cut_id)).toHaveLength(1);
    expect(await shown('ben', cut_id)).toEqual([]);
    expect(await refusalOf(cut('ben'))).toMatchObject({ status: 404, code: 'video.not_found' });
  });

  test('with its links revoked, all happens in one statement: receipt, cut and notice, or nothing', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    const play = await decide(database, share.publicId, share.secret);
    expect(await refusalOf(cut('priya', 2))).toMatchObject({ code: 'share.selection_changed' });
    expect(await claims()).toEqual([]);
    const done = await cut('priya', 1);
    expect(done.token_count).toBe(1);
    expect((await decide(database, share.publicId, share.secret)).rule).toBe('play.revoked');
    const held = await claim();
    await switchTo(held, newId());
    await finishDeletion(held);
    const line = () =>
      database.asUser('amelia', async (client) =>
        only(
          await client.query<{ dead_since: Date | null; last_byte_possible_by: Date }>(
            'select dead_since, last_byte_possible_by from api.revoked_tokens where revocation_id = $1',
            [done.revocation_id],
          ),
        ),
      );
    expect(await line()).toEqual({ dead_since: null, last_byte_possible_by: play.token_expires_at });
    await confirm(held);
    const { dead_since } = await line();
    expect(dead_since?.getTime()).toBeLessThan(play.token_expires_at?.getTime() ?? 0);
    const { rows } = await database.admin.query(
      `select n.kind, n.variables ->> 'count' as count from app.notifications n where n.dedupe_key = $1`,
      [`share.revoked:${done.revocation_id}`],
    );
    expect(rows).toEqual([{ kind: 'share.revoked', count: '1' }]);
  });

  test('one is under way at a time, also when two ask at the same moment', async () => {
    const results = await Promise.allSettled([cut('amelia'), cut('priya')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const failed = results.find((result) => result.status === 'rejected');
    expect(await refusalOf(Promise.reject(failed?.reason))).toMatchObject({ status: 409, code: 'cut.under_way' });
  });

  test('an event that comes late never brings a retired id back', async () => {
    await cut('amelia');
    const held = await claim();
    const fresh = newId();
    await switchTo(held, fresh, [video.playbackId, 'a-stray-id']);
    for (const ids of [[video.playbackId], ['a-stray-id', video.playbackId, fresh]]) {
      await step('select app.apply_asset_snapshot($1)', [
        { ...assetOf(video, 'ready'), playback_ids: ids.map((id) => ({ id, policy: 'signed' })) },
      ]);
    }
    const asset = await database.admin.query('select playback_id from app.mux_assets where id = $1', [video.assetId]);
    expect(asset.rows).toEqual([{ playback_id: fresh }]);
  });

  test('a second cut does not go back to an id that the first retired', async () => {
    await cut('amelia');
    const first = await claim();
    const fresh = newId();
    await switchTo(first, fresh);
    await finishDeletion(first);
    await confirm(first);
    await cut('amelia');
    const second = await claim();
    expect([...second.known_ids].sort()).toEqual([fresh, video.playbackId].sort());
    expect(await refusalOf(switchTo(second, video.playbackId, []))).toMatchObject({ code: 'request.invalid' });
  });

  test('a worker that lost its claim changes nothing, and the next goes on from the step that was written down', async () => {
    await cut('amelia');
    const lost = await claim();
    expect(await claims()).toEqual([]);
    await switchTo(lost, newId());
    await database.admin.query('update app.playback_cuts set next_attempt_at = now() where id = $1', [lost.id]);
    const next = await claim();
    expect({ id: next.id, state: next.state }).toEqual({ id: lost.id, state: 'switched' });
    expect(await refusalOf(finishDeletion(lost))).toMatchObject({ code: 'cut.lost' });
    await finishDeletion(next);
    await confirm(next);
  });

  test('one that does not succeed is tried ever more rarely, people are told after a minute, and in the end it has failed', async () => {
    const { cut_id } = await cut('amelia');
    const waits: number[] = [];
    const states: string[] = [];
    const alerts = async () =>
      (
        await database.admin.query<{ id: string }>(
          `select id from app.alerts where key = 'playback.cut_late' and state <> 'resolved' and details ->> 'cutId' = $1`,
          [cut_id],
        )
      ).rows.length;
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      const held = await claim();
      const { rows } = await database.service.query<{ state: string }>(
        `select app.delay_playback_cut($1, $2, 'mux.503') as state`,
        [held.id, held.runner],
      );
      states.push(only({ rows }).state);
      const { wait } = only(
        await database.admin.query<{ wait: number }>(
          'select round(extract(epoch from next_attempt_at - clock_timestamp()))::integer as wait from app.playback_cuts where id = $1',
          [cut_id],
        ),
      );
      waits.push(wait);
      if (attempt === 1) expect(await alerts()).toBe(0);
      await database.admin.query('update app.playback_cuts set next_attempt_at = now() where id = $1', [cut_id]);
    }
    expect(waits.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect(states).toEqual([...Array<string>(19).fill('requested'), 'failed']);
    expect(await alerts()).toBe(1);
    expect(await claims()).toEqual([]);
    const isLate = async () =>
      (await database.admin.query('select from app.late_playback_cuts() l where l = $1', [cut_id])).rows.length === 1;
    expect(await isLate()).toBe(true);
    // Another may be asked for; when it is done, the first is late no more.
    await cut('amelia');
    const held = await claim();
    await finishDeletion(held);
    await confirm(held);
    expect(await isLate()).toBe(false);
  });

  test('a preview tells what it would meet: live links, viewers, and when their last token dies', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    await arrangeShare(database, 'amelia', video.videoId);
    const first = await decide(database, share.publicId, share.secret, { viewer: 'one' });
    await decide(database, share.publicId, share.secret, { viewer: 'one', sessionId: first.session_id });
    const last = await decide(database, share.publicId, share.secret, { viewer: 'two' });
    const met = await database.asUser('amelia', async (client) =>
      only(await client.query('select * from api.preview_cut($1)', [video.videoId])),
    );
    expect(met).toEqual({
      live_links: 2,
      watching: 2,
      last_token_expires_at: last.token_expires_at,
      is_under_way: false,
    });
  });

  test('every step is an entry of the audit log, the request with its reason', async () => {
    const { cut_id } = await cut('priya');
    const held = await claim();
    await switchTo(held, newId());
    await finishDeletion(held);
    await confirm(held);
    const { rows } = await database.admin.query<{ action: string; reason: string | null; state: string | null }>(
      `select action, reason, after ->> 'state' as state from audit.entries
       where object_type = 'playback_cut' and object_id = $1 and (before is null or after ? 'state') order by id`,
      [cut_id],
    );
    expect(rows).toEqual([
      { action: 'playback_cut.requested', reason: 'Sent to the wrong club', state: 'requested' },
      ...['switched', 'deleted', 'confirmed'].map((state) => ({
        action: 'playback_cut.updated',
        reason: 'Cut of the playback.',
        state,
      })),
    ]);
  });
});
