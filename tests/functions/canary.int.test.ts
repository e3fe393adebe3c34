import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { arrangeShare, arrangeVideo, decide, only, sha256, type Upload } from '../src/arrange.ts';
import { claimsOf, createTestDatabase, type PersonaName, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
let video: Upload;
beforeAll(async () => {
  database = await createTestDatabase();
  video = await arrangeVideo(database, 'ben', 'Probe');
});
beforeEach(() =>
  database.admin.query(
    `delete from app.canary_runs; delete from app.alerts; delete from app.share_tokens where label = 'Canary'`,
  ),
);
afterAll(() => database?.close());

type Begun = { run_id: string; kind: string; share_token_id: string; public_id: string; secret: string };

const begin = async () =>
  only(await database.service.query<Begun>('select * from app.begin_canary($1)', [video.videoId]));
const act = (run: Begun) =>
  database.service.query(`select app.act_canary($1, now() + interval '5 minutes')`, [run.run_id]);
const finish = async (run: Begun, times: (number | null)[], error: string | null = null) =>
  only(
    await database.service.query<{ outcome: string }>('select app.finish_canary($1, $2, $3, $4, $5) as outcome', [
      run.run_id,
      ...times,
      error,
    ]),
  ).outcome;
const endCuts = () =>
  database.admin.query(
    `update app.playback_cuts set state = 'failed', failed_at = now() where state in ('requested', 'switched', 'deleted')`,
  );
const openAlerts = async () =>
  (
    await database.admin.query<{ key: string }>(
      `select key from app.alerts where state <> 'resolved' and key like 'playback.bound%'`,
    )
  ).rows.map(({ key }) => key);
/** A run of each kind, the cut first. */
async function measured(times: (number | null)[]): Promise<string> {
  const run = await begin();
  await act(run);
  await endCuts();
  return finish(run, times);
}

describe('a run of the canary', () => {
  test('cuts once an hour and revokes otherwise, with a link of its own that works until then', async () => {
    const first = await begin();
    expect(first.kind).toBe('cut');
    expect((await decide(database, first.public_id, first.secret)).rule).toBe('play.allowed');
    await act(first);
    expect((await decide(database, first.public_id, first.secret)).rule).toBe('play.allowed');
    await endCuts();
    expect(await finish(first, [10, 900, 900])).toBe('in_time');
    expect((await decide(database, first.public_id, first.secret)).rule).toBe('play.revoked');
    const second = await begin();
    expect(second.kind).toBe('revoke');
    await act(second);
    expect((await decide(database, second.public_id, second.secret)).rule).toBe('play.revoked');
    await finish(second, [10, 300_000, 300_000]);
    await database.admin.query(`update app.canary_runs set started_at = now() - interval '1 hour'`);
    expect((await begin()).kind).toBe('cut');
  });

  test('leaves no link behind: the next one removes it, and nobody else’s', async () => {
    const others = await arrangeShare(database, 'ben', video.videoId, { label: 'Canary' });
    await measured([1, 1, 1]);
    const next = await begin();
    const { rows } = await database.admin.query<{ id: string }>(
      `select id from app.share_tokens where label = 'Canary' order by id`,
    );
    expect(rows.map(({ id }) => id)).toEqual([others.id, next.share_token_id].sort());
  });

  test.each([
    ['a mint that is late', [60_001, 900, 900], [5_001, 300_000, 300_000]],
    ['a manifest that is late', [1, 60_001, 900], [1, 840_001, 300_000]],
    ['a segment that never was refused', [1, 900, null], [1, 300_000, null]],
  ])('%s raises a critical alert, and the next that is in time clears it', async (_what, cut, revoke) => {
    expect([await measured(cut), await measured(revoke)]).toEqual(['late', 'late']);
    expect((await openAlerts()).sort()).toEqual(['playback.bound_missed.cut', 'playback.bound_missed.revoke']);
    expect(await measured([1, 300_000, 300_000])).toBe('in_time');
    expect(await openAlerts()).toEqual(['playback.bound_missed.cut']);
  });

  test('that could not be measured is failed, whatever it has seen, and raises no alert of the bound', async () => {
    const run = await begin();
    expect(await finish(run, [1, 1, 1], 'resolve.503')).toBe('failed');
    expect(await openAlerts()).toEqual([]);
  });

  test('that a worker left is abandoned when the next begins', async () => {
    const left = await begin();
    await database.admin.query(`update app.canary_runs set started_at = now() - interval '31 minutes'`);
    await begin();
    const { rows } = await database.admin.query('select outcome, error from app.canary_runs where id = $1', [
      left.run_id,
    ]);
    expect(rows).toEqual([{ outcome: 'failed', error: 'abandoned' }]);
  });

  test('the bound is told by kind and step, for operators, admins and auditors alone', async () => {
    await measured([10, 900, 950]);
    for (const ms of [100, 200, 300]) await measured([1, ms, ms]);
    await finish(await begin(), [null, null, null], 'resolve.503');
    const bound = (who: PersonaName) =>
      database.asUser(who, async (client) => (await client.query('select * from api.revocation_bound(1)')).rows);
    const line = (kind: string, step: string, ms: number[], runs: string) => ({
      kind,
      step,
      runs,
      late: '0',
      p50_ms: ms[0],
      p99_ms: ms[1],
      max_ms: ms[1],
    });
    const expected = [
      line('revoke', 'mint', [1, 1], '3'),
      line('revoke', 'manifest', [200, 300], '3'),
      line('revoke', 'segment', [200, 300], '3'),
      line('cut', 'mint', [10, 10], '1'),
      line('cut', 'manifest', [900, 900], '1'),
      line('cut', 'segment', [950, 950], '1'),
    ];
    for (const who of ['tomas', 'priya', 'grace'] as const) expect(await bound(who)).toEqual(expected);
    for (const who of ['amelia', 'helen'] as const) await expect(bound(who)).rejects.toThrow('permission denied');
  });
});

describe('the latency of revocations, from the audit log (SH-08)', () => {
  test('tells that nobody was let in after it, and how long the last token could still play', async () => {
    const share = await arrangeShare(database, 'ben', video.videoId);
    await decide(database, share.publicId, share.secret, { ttl: 200 });
    await decide(database, share.publicId, share.secret, { ttl: 100 });
    await database.asUser(
      'ben',
      (client) => client.query(`select api.revoke_share_token($1, 'Wrong club')`, [share.id]),
      {
        keep: true,
      },
    );
    const latency = async () =>
      only(
        await database.asUser('grace', (client) =>
          client.query<{ allowed_after: string; last_token_seconds: number }>(
            'select allowed_after, last_token_seconds from api.revocation_latency where share_token_id = $1',
            [share.id],
          ),
        ),
      );
    const before = await latency();
    expect(before.allowed_after).toBe('0');
    expect(before.last_token_seconds).toBeGreaterThan(190);
    expect(before.last_token_seconds).toBeLessThanOrEqual(200);
    // As a broken rule would: the view looks at what was decided.
    await database.admin.query(
      `insert into app.playback_decisions (kind, allowed, rule, share_token_id, video_id, coach_id, public_id, ip_hash, token_expires_at)
       select 'share', true, 'play.allowed', t.id, t.video_id, t.coach_id, t.public_id, $2, now() from app.share_tokens t where t.id = $1`,
      [share.id, sha256('viewer')],
    );
    expect((await latency()).allowed_after).toBe('1');
  });
});

describe('playback switched off (SH-15)', () => {
  const flip = (who: PersonaName, isOn: boolean, version: number) =>
    database.asUser(
      claimsOf(who, { sid: randomUUID() }),
      (client) =>
        client.query(
          `select * from api.change_feature_flag('SIGNED_PLAYBACK_ENFORCED', $1, 100, 'A key is in doubt', $2)`,
          [isOn, version],
        ),
      { keep: true },
    );

  test('nobody is given a token, by link or as a preview, until it is on again; both acts are on record', async () => {
    const share = await arrangeShare(database, 'ben', video.videoId);
    const preview = () =>
      database.asUser('ben', (client) => client.query('select * from api.decide_preview($1, 60)', [video.videoId]));
    await flip('tomas', false, 1);
    expect(await decide(database, share.publicId, share.secret)).toMatchObject({
      allowed: false,
      rule: 'play.switched_off',
      playback_id: null,
      token_expires_at: null,
    });
    // A stranger learns nothing of it.
    expect((await decide(database, share.publicId, 'wrong')).rule).toBe('play.wrong_secret');
    expect(await refusalOf(preview())).toMatchObject({ status: 503, code: 'playback.paused' });
    await flip('priya', true, 2);
    expect((await decide(database, share.publicId, share.secret)).rule).toBe('play.allowed');
    await preview();
    const { rows } = await database.admin.query(
      `select action, reason, after -> 'is_enabled' as is_on from audit.entries
       where object_type = 'feature_flag' and object_id = 'SIGNED_PLAYBACK_ENFORCED' order by id`,
    );
    expect(rows).toEqual(
      [false, true].map((is_on) => ({ action: 'feature_flag.changed', reason: 'A key is in doubt', is_on })),
    );
  });
});
