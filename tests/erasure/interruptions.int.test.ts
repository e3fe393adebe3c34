import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { arrangeVideo } from '../src/arrange.ts';
import { createTestDatabase, personas, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';
import {
  act,
  approveErasure,
  carryOut,
  carryOutAll,
  claimStep,
  completeManualSteps,
  helen,
  letTimePass,
  placeHold,
  requestOf,
  stepOf,
} from './carry-out.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database?.close());

describe('what goes wrong', () => {
  test('a step that a killed worker had begun is begun again when its lease is over, and not before', async () => {
    const id = await approveErasure(database, 'amelia');
    const abandoned = await claimStep(database);
    expect(abandoned).toMatchObject({ request_id: id, action: 'suspend' });
    for (const others of await carryOutAll(database)) expect(others.step_id).not.toBe(abandoned?.step_id);
    expect(await stepOf(database, 'account')).toMatchObject({ state: 'running', attempts: 1 });
    await letTimePass(database);
    const again = await claimStep(database);
    expect(again?.step_id).toBe(abandoned?.step_id);
    expect(await stepOf(database, 'account')).toMatchObject({ state: 'running', attempts: 2 });
  });

  test('two workers never have one step', async () => {
    await approveErasure(database, 'amelia');
    const phase = await Promise.all(Array.from({ length: 8 }, () => claimStep(database)));
    const ids = phase.flatMap((step) => (step === undefined ? [] : [step.step_id]));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a failed step says why as a code, waits longer each time, holds up no other, and keeps the request open', async () => {
    const upload = await arrangeVideo(database, 'amelia');
    const id = await approveErasure(database, 'amelia');
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      for (let step = await claimStep(database); step !== undefined; step = await claimStep(database)) {
        if (step.target === upload.assetId) {
          await database.service.query('select app.fail_erasure_step($1, $2)', [step.step_id, 'mux.500']);
        } else await carryOut(database, step);
      }
      await completeManualSteps(database, id);
      await database.service.query('select app.complete_erasures()');
      const failed = await stepOf(database, upload.assetId);
      expect(failed).toMatchObject({ state: 'failed', last_error: 'mux.500', attempts: attempt });
      waits.push(failed?.wait ?? 0);
      expect(await requestOf(database, id)).toMatchObject({ state: 'running', failed_step_count: 1 });
      await letTimePass(database);
    }
    expect(waits).toEqual([10, 20, 40]);
    await carryOutAll(database);
    expect(await requestOf(database, id)).toMatchObject({ state: 'completed' });
  });

  test('a step that cannot be carried out changes nothing', async () => {
    const video = await arrangeVideo(database, 'amelia', 'Squat');
    await database.admin.query(
      `alter table app.videos add constraint videos_stubborn_check check (title <> '[erased]')`,
    );
    await approveErasure(database, 'amelia');
    const failing: string[] = [];
    for (let step = await claimStep(database); step !== undefined; step = await claimStep(database)) {
      const { step_id, target } = step;
      await carryOut(database, step).catch(async () => {
        failing.push(target);
        await database.service.query('select app.fail_erasure_step($1, $2)', [step_id, 'postgres.23514']);
      });
    }
    expect(failing).toEqual(['app.videos.title']);
    const { rows } = await database.admin.query('select title, description from app.videos where id = $1', [
      video.videoId,
    ]);
    expect(rows).toEqual([{ title: 'Squat', description: null }]);
  });

  test('what has come back before the receipt is written is found, and erased again', async () => {
    const { videoId } = await arrangeVideo(database, 'amelia');
    const id = await approveErasure(database, 'amelia');
    await completeManualSteps(database, id);
    for (let step = await claimStep(database); step !== undefined; step = await claimStep(database)) {
      await carryOut(database, step);
    }
    await database.admin.query(`update app.videos set title = 'Restored' where id = $1`, [videoId]);
    await database.service.query('select app.complete_erasures()');
    expect(await stepOf(database, 'app.videos.title')).toMatchObject({ state: 'failed', last_error: 'undone' });
    expect(await requestOf(database, id)).toMatchObject({ state: 'running' });
    await carryOutAll(database);
    expect(await requestOf(database, id)).toMatchObject({ state: 'completed' });
    expect((await database.admin.query(`select from app.videos where title = 'Restored'`)).rowCount).toBe(0);
    const { rows } = await database.admin.query('select from audit.disclosures where owner_id = $1', [
      (await database.admin.query('select profile_id from app.erasure_requests where id = $1', [id])).rows[0]
        .profile_id,
    ]);
    expect(rows).toEqual([]);
  });

  test('a request whose day has passed is shown as overdue until it is completed', async () => {
    const id = await approveErasure(database, 'amelia');
    expect(await requestOf(database, id)).toMatchObject({ is_overdue: false });
    await database.admin.query(`set session_replication_role = 'replica';
      update app.erasure_requests set due_at = now() - interval '1 minute'; reset session_replication_role`);
    expect(await requestOf(database, id)).toMatchObject({ is_overdue: true });
    await carryOutAll(database);
    await completeManualSteps(database, id);
    await carryOutAll(database);
    expect(await requestOf(database, id)).toMatchObject({ state: 'completed', is_overdue: false });
    const { rows } = await database.admin.query('select body::jsonb as body from app.erasure_receipts');
    expect(rows).toMatchObject([{ body: { is_overdue: true } }]);
  });
});

describe('a hold after the approval', () => {
  test('stops everything that has not been done, also a step that was claimed, until it is lifted', async () => {
    await arrangeVideo(database, 'amelia', 'Squat');
    const id = await approveErasure(database, 'amelia');
    const claimed = await claimStep(database);
    const hold = await placeHold(database, 'amelia', 'Court order');
    const { rows } = await database.service.query('select app.carry_out_erasure_step($1) as state', [claimed?.step_id]);
    expect(rows).toEqual([{ state: 'held' }]);
    await letTimePass(database);
    expect(await carryOutAll(database)).toEqual([]);
    const steps = await database.admin.query(`select id from app.erasure_steps where is_manual limit 1`);
    const byHand = act(database, helen(), `select * from api.complete_erasure_step($1, 'Deleted there')`, [
      steps.rows[0].id,
    ]);
    expect(await refusalOf(byHand)).toMatchObject({ status: 409, code: 'erasure.held' });
    const profile = await database.admin.query(
      'select display_name, suspended_at from app.profiles where subject = $1',
      [personas.amelia.subject],
    );
    expect(profile.rows).toEqual([{ display_name: personas.amelia.name, suspended_at: null }]);

    await act(database, helen(), 'select * from api.lift_hold($1, $2)', [hold, 'Case closed']);
    await carryOutAll(database);
    await completeManualSteps(database, id);
    await carryOutAll(database);
    expect(await requestOf(database, id)).toMatchObject({ state: 'completed' });
    expect(
      await refusalOf(
        act(database, helen(), 'select * from api.place_hold($1, $2)', [
          (await database.admin.query('select profile_id from app.erasure_requests')).rows[0].profile_id,
          'Court order',
        ]),
      ),
    ).toMatchObject({ status: 409, code: 'hold.too_late' });
  });
});
