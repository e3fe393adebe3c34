import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { givenVideo, rewriteHistory } from '../../test/fixtures.ts';
import { ReconciliationStage } from '../../test/reconciliation-stage.ts';

let stage: ReconciliationStage;
beforeAll(async () => {
  stage = await ReconciliationStage.open();
});
afterEach(() => stage.app.control('reset', {}));
afterAll(() => stage.close());

const control = (path: string, body: object) => stage.app.control(path, body);
const fault = (method: string, path: string, what: object) => control('faults', { match: { method, path }, ...what });
const alertKeys = async () =>
  (await stage.query<{ key: string }>(`select key from app.alerts where state <> 'resolved' order by key`)).map(
    ({ key }) => key,
  );

/** An asset at Mux, errored and so deletable, of nobody, made so many hours ago. */
async function orphan(ageHours: number): Promise<string> {
  const { id, url } = await stage.createAtMux();
  const asset = await stage.send({ uploadId: id, uploadUrl: url }, 'garbage');
  await stage.settled([asset]);
  await control(`assets/${asset}/age`, { seconds: ageHours * 3_600 });
  return asset;
}

/** Of an upload of ours, and known here as far as Mux has got with it. */
async function known(file: 'clip' | 'garbage' = 'garbage') {
  const pair = await stage.begin();
  const asset = await stage.send(pair, file);
  await stage.settled([asset]);
  await stage.hearOf(asset);
  return { ...pair, asset };
}
const existsAtMux = async (asset: string): Promise<boolean> => {
  const response = await stage.app.muxClient.video.assets.retrieve(asset).then(
    () => true,
    () => false,
  );
  return response;
};

describe('an asset that belongs to no upload', () => {
  it('is left alone for 24 hours, then listed among the assets and alerted', async () => {
    const [young, old] = [await orphan(23), await orphan(25)];
    const report = await stage.run();
    expect(report?.outcome).toBe('open');
    expect(await stage.found(report?.id ?? '')).toEqual([`asset_orphan ${old} listed`]);
    expect(await existsAtMux(old)).toBe(true);
    const rows = await stage.query('select id, video_id from app.mux_assets where id = any ($1)', [[young, old]]);
    expect(rows).toEqual([{ id: old, video_id: null }]);
    expect(await alertKeys()).toEqual(['mux.reconciliation.open']);
    await stage.app.muxClient.video.assets.delete(young);
  });

  it('is deleted where the rule says so, after which the alert is over; a dry run only says it', async () => {
    const dry = await stage.run({ orphans: 'delete', isDryRun: true });
    const { mux } = await stage.bothSides();
    expect(dry).toMatchObject({ is_dry_run: true, outcome: 'repaired', found: { 'asset_orphan.deleted': 1 } });
    expect(mux).toHaveLength(1);
    expect(await alertKeys()).toEqual(['mux.reconciliation.open']);

    expect(await stage.run({ orphans: 'delete' })).toMatchObject({
      outcome: 'repaired',
      found: { 'asset_orphan.deleted': 1 },
    });
    expect(await stage.bothSides()).toEqual({ mux: [], ours: [] });
    expect(await alertKeys()).toEqual([]);
  });
});

describe('what differs', () => {
  it('a public playback id is reported as critical, until it is gone (SH-01)', async () => {
    const { asset } = await known('clip');
    const { id } = await stage.app.muxClient.video.assets.createPlaybackId(asset, { policy: 'public' });
    const report = await stage.run();
    expect(await stage.found(report?.id ?? '')).toEqual([`asset_public ${asset} listed`]);
    expect(await alertKeys()).toEqual(['mux.public_playback']);
    await stage.app.muxClient.video.assets.deletePlaybackId(asset, id);
    expect(await stage.run()).toMatchObject({ outcome: 'matched' });
    expect(await alertKeys()).toEqual([]);
  });

  it('a second signed playback id is listed, and ours stays; while the video is cut off it is no finding', async () => {
    const { asset, video } = await known('clip');
    const ours = async () =>
      (await stage.query('select playback_id from app.mux_assets where id = $1', [asset]))[0]?.playback_id;
    const before = await ours();
    const { id } = await stage.app.muxClient.video.assets.createPlaybackId(asset, { policy: 'signed' });
    const report = await stage.run();
    expect(await stage.found(report?.id ?? '')).toContain(`asset_second_id ${asset} listed`);
    await stage.query(
      `insert into app.playback_cuts (video_id, coach_id, asset_id, requested_by, reason, old_playback_id)
       select v.id, v.coach_id, $2, v.coach_id, 'Wrong club', $3 from app.videos v where v.id = $1`,
      [video.id, asset, before],
    );
    const meanwhile = await stage.run();
    expect(await stage.found(meanwhile?.id ?? '')).not.toContain(`asset_second_id ${asset} listed`);
    await stage.query('delete from app.playback_cuts where asset_id = $1', [asset]);
    await stage.app.muxClient.video.assets.deletePlaybackId(asset, id);
    await stage.hearOf(asset);
    await stage.run();
    expect(await alertKeys()).toEqual([]);
  });

  it('what an erasure is about to delete, or has deleted, is neither an orphan nor missing', async () => {
    const { asset, video } = await known();
    await rewriteHistory(
      stage.app.database,
      `insert into app.erasure_requests (profile_id, requested_by, reason, state, decided_by, decided_at, decision_reason, due_at)
       select $1, $1, 'I am leaving', 'approved', id, now(), 'Identity checked', now() + interval '30 days'
       from app.profiles where subject = 'user_helen_castellano'`,
      [video.coachId],
    );
    await stage.query(`update app.videos set status = 'deleted', deleted_at = now() where id = $1`, [video.id]);
    expect(await stage.run({ orphans: 'delete' })).toMatchObject({ found: {} });
    expect(await existsAtMux(asset)).toBe(true);
    await stage.app.muxClient.video.assets.delete(asset);
    await stage.query('select app.apply_asset($1, now(), true)', [JSON.stringify({ id: asset })]);
    expect(await stage.run({ orphans: 'delete' })).toMatchObject({ outcome: 'matched' });
    await rewriteHistory(stage.app.database, 'delete from app.erasure_requests', []);
  });

  it('an asset whose video is deleted here is listed, and not deleted unless its owner has been erased', async () => {
    const { asset, video } = await known();
    await stage.query(`update app.videos set status = 'deleted', deleted_at = now() where id = $1`, [video.id]);
    await rewriteHistory(
      stage.app.database,
      `update app.mux_assets set updated_at = now() - interval '1 hour' where id = $1`,
      [asset],
    );
    const listed = await stage.run({ orphans: 'delete' });
    expect(await stage.found(listed?.id ?? '')).toEqual([`asset_withdrawn ${asset} listed`]);

    await rewriteHistory(
      stage.app.database,
      `insert into app.erasure_requests
         (profile_id, requested_by, reason, state, decided_by, decided_at, decision_reason, due_at, completed_at)
       select $1, $1, 'I am leaving', 'completed', id, now(), 'Identity checked', now() + interval '30 days', now()
       from app.profiles where subject = 'user_helen_castellano'`,
      [video.coachId],
    );
    const deleted = await stage.run();
    expect(await stage.found(deleted?.id ?? '')).toEqual([`asset_withdrawn ${asset} deleted`]);
    expect(await existsAtMux(asset)).toBe(false);
    await rewriteHistory(stage.app.database, 'delete from app.erasure_requests', []);
  });

  it('when Mux lacks more than the brake allows, nothing is marked, as with the credentials of another environment', async () => {
    const before = await stage.bothSides();
    const strangers = await Promise.all(Array.from({ length: 11 }, () => givenVideo(stage.app.database)));
    expect(await stage.run()).toMatchObject({ outcome: 'halted', found: {} });
    expect(await alertKeys()).toEqual(['mux.reconciliation.halted']);
    expect(stage.asked.filter((request) => request.startsWith('GET /video/v1/assets/'))).toEqual([]);

    expect(await stage.run({ allowMissing: 11 })).toMatchObject({
      outcome: 'repaired',
      found: { 'asset_missing.marked': 11 },
    });
    expect((await stage.bothSides()).ours).toEqual(before.ours);
    const statuses = await stage.query('select distinct status from app.videos where id = any ($1)', [
      strangers.map(({ id }) => id),
    ]);
    expect(statuses).toEqual([{ status: 'deleted' }]);
    await stage.query(`select app.clear_alert(key) from app.alerts where state <> 'resolved'`);
  });

  it('a light run looks at what was made since the last, and stops there', async () => {
    const { asset } = await known();
    await control(`assets/${asset}/age`, { seconds: 30 * 86_400 });
    await rewriteHistory(
      stage.app.database,
      `update app.mux_assets set created_at = now() - interval '30 days' where id = $1`,
      [asset],
    );
    const fresh = await stage.begin();
    const made = await stage.send(fresh, 'garbage');
    const report = await stage.run({ kind: 'light' });
    expect(await stage.found(report?.id ?? '')).toContain(`asset_differs ${made} folded`);
    expect(await stage.bothSides().then(({ mux, ours }) => mux.length - ours.length)).toBe(0);
  });
});

describe('when Mux does not answer as it should', () => {
  it('it is asked again after as long as it says, and ever longer', async () => {
    await fault('GET', '/video/v1/assets', { status: 429, retryAfter: 7, times: 1 });
    await fault('GET', '/video/v1/uploads', { status: 503, times: 2 });
    expect((await stage.run())?.outcome).not.toBe('halted');
    expect(stage.waits).toEqual(expect.arrayContaining([1_000, 2_000, 7_000]));
  });

  it('silent too often, the run is left, and the next one goes on where it was', async () => {
    await fault('GET', '/video/v1/assets', { status: 500, times: 5 });
    await expect(stage.run()).rejects.toMatchObject({ status: 500 });
    const [left] = await stage.query(
      'select id, stage, attempts, last_error, ended_at from app.reconciliation_runs order by id desc limit 1',
    );
    expect(left).toMatchObject({ stage: 'assets', attempts: 1, last_error: 'mux.500', ended_at: null });
    const report = await stage.run();
    expect(report?.id).toBe(left?.id);
    expect(stage.asked.filter((request) => request === 'GET /video/v1/uploads')).toEqual([]);
  });

  it('an answer that never comes is one of them', async () => {
    await fault('GET', '/video/v1/assets', { timeoutMs: 100, times: 1 });
    expect((await stage.run())?.outcome).not.toBe('halted');
    expect(stage.waits).toContain(1_000);
  });

  it.each([0, 40])('half an answer, broken off after %i bytes, is one of them', async (bytes) => {
    await fault('GET', '/video/v1/uploads', { truncate: bytes, times: 1 });
    await fault('GET', '/video/v1/assets', { truncate: bytes, times: 1 });
    expect((await stage.run())?.outcome).not.toBe('halted');
    expect(stage.asked.filter((request) => request === 'GET /video/v1/uploads').length).toBeGreaterThanOrEqual(2);
  });

  it('half an answer for the fifth time ends the run as one that never came', async () => {
    await fault('GET', '/video/v1/uploads', { truncate: 40, times: 5 });
    await expect(stage.run()).rejects.toThrow();
    expect(await stage.query('select last_error from app.reconciliation_runs where ended_at is null')).toEqual([
      { last_error: 'mux.no_answer' },
    ]);
    await control('reset', {});
    expect(await stage.run()).toBeDefined();
  });

  it('the fifth attempt that fails ends the run and raises an alert, which the next good one clears', async () => {
    await fault('GET', '/video/v1/uploads', { status: 503, times: 25 });
    for (const _ of Array.from({ length: 5 })) {
      await expect(stage.run()).rejects.toMatchObject({ status: 503 });
    }
    expect(await alertKeys()).toEqual(['mux.reconciliation.failed']);
    await control('reset', {});
    expect(await stage.run()).toBeDefined();
    expect(await alertKeys()).toEqual([]);
  });

  it('one process at a time: while a run is held nobody else begins one, and who lost it is refused', async () => {
    const [run] = await stage.query<{ id: string; runner: string }>(
      `select id, runner from app.begin_reconciliation('whole', false, 'list')`,
    );
    expect(await stage.run()).toBeUndefined();
    await stage.query(`update app.reconciliation_runs set leased_until = now() - interval '1 second' where id = $1`, [
      run?.id,
    ]);
    expect((await stage.run())?.id).toBe(run?.id);
    await expect(
      stage.query('select app.advance_reconciliation($1, $2, $3)', [run?.id, run?.runner, 'assets']),
    ).rejects.toMatchObject({ code: 'PT409', hint: 'reconciliation.lost' });
  });
});

describe('pnpm mux:reconcile', () => {
  const program = fileURLToPath(new URL('../mux-reconcile.ts', import.meta.url));
  const call = (...args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      execFile(process.execPath, [program, ...args], { env: stage.app.environment }, (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      );
    });

  it('reports as JSON, and changes nothing in a dry run', async () => {
    const made = await stage.send(await stage.begin(), 'garbage');
    await stage.settled([made]);
    const before = await stage.bothSides();
    const dry = await call('--dry-run', '--json');
    const report = JSON.parse(dry.out);
    expect(report).toMatchObject({ kind: 'whole', is_dry_run: true });
    expect(await stage.found(report.id)).toContain(`asset_unmatched ${made} adopted`);
    expect(await stage.bothSides()).toEqual(before);
    expect(dry.code).toBe(report.outcome === 'repaired' ? 0 : 1);
  });

  it('refuses an option that it does not know, and a number that is none', async () => {
    expect(await call('--dry')).toMatchObject({ code: 2, out: '' });
    const wrong = await call('--allow-missing', 'all');
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toContain('--allow-missing must be a whole number.');
  });
});

/** Ways in which the two sides can come to differ. */
const divergences = {
  'an event was lost': async () => {
    await stage.send(await stage.begin(), 'garbage');
  },
  'the address was never written down': async () => {
    await stage.send(await stage.begin({ attached: false }), 'garbage');
  },
  'only the first event came': async () => {
    const pair = await stage.begin();
    const asset = await stage.send(pair, 'garbage');
    await stage.hearOf(asset);
    await stage.settled([asset]);
  },
  'the upload ran out of time': async () => {
    const { uploadId } = await stage.begin();
    await control(`uploads/${uploadId}/expire`, {});
  },
  'the upload was cancelled there': async () => {
    await stage.app.muxClient.video.uploads.cancel((await stage.begin()).uploadId);
  },
  'the asset was deleted there': async () => {
    await stage.app.muxClient.video.assets.delete((await known()).asset);
  },
  'nobody knows the asset': async () => {
    await orphan(48);
  },
  'nothing went wrong': async () => {
    await known();
  },
} as const;
type Divergence = keyof typeof divergences;

it('whatever went wrong and however often, one whole run makes both sides match and a second changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...(Object.keys(divergences) as Divergence[])), { minLength: 1, maxLength: 7 }),
      async (ways) => {
        await Promise.all(ways.map((way) => divergences[way]()));
        await stage.settled((await stage.bothSides()).mux.map((line) => line.split(' ')[0] ?? ''));
        await stage.run({ orphans: 'delete', allowMissing: 100 });
        const after = await stage.bothSides();
        expect(after.ours).toEqual(after.mux);
        expect(await stage.run({ orphans: 'delete' })).toMatchObject({ outcome: 'matched', found: {} });
        expect(await stage.bothSides()).toEqual(after);
      },
    ),
    { numRuns: 5 },
  );
});
