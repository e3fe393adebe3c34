import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { arrangeUpload, arrangeVideo, profileOf } from '../src/arrange.ts';
import { createTestDatabase, personas, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';
import { act, approveErasure, carryOutAll, claimStep, completeManualSteps, helen, requestOf } from './carry-out.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database?.close());

describe('the order of the steps', () => {
  test('is: shut out, then data and vendors, then the identity when staff have found it at the vendors, then the log', async () => {
    await arrangeVideo(database, 'amelia');
    const id = await approveErasure(database, 'amelia');
    const first = await carryOutAll(database);
    expect(first.slice(0, 4).map(({ action }) => action)).toEqual(['suspend', 'revoke', 'deny', 'withdraw']);
    expect(first.some(({ system }) => system === 'mux')).toBe(true);
    expect(first.filter(({ target }) => target.startsWith('app.profiles') || target.startsWith('audit.disc'))).toEqual(
      [],
    );
    expect(await requestOf(database, id)).toMatchObject({ state: 'running', failed_step_count: 0 });

    await completeManualSteps(database, id);
    const last = await carryOutAll(database);
    expect(last.map(({ target }) => target).at(-1)).toBe('audit.disclosures.value');
    expect(await requestOf(database, id)).toMatchObject({ state: 'completed', open_step_count: 0 });
    expect(await claimStep(database)).toBeUndefined();
  });

  test('an upload and an asset that come while it runs are taken in, and it is not complete before they are gone', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    const id = await approveErasure(database, 'amelia');
    const steps = await carryOutAll(database);
    expect(steps).toContainEqual(expect.objectContaining({ action: 'cancel', target: upload.muxUploadId }));
    await completeManualSteps(database, id);
    await database.service.query('select app.apply_asset_snapshot($1)', [
      { id: 'asset-late', status: 'ready', passthrough: upload.uploadJobId, playback_ids: [] },
    ]);
    expect(await carryOutAll(database)).toContainEqual(
      expect.objectContaining({ system: 'mux', action: 'delete', target: 'asset-late' }),
    );
    expect(await requestOf(database, id)).toMatchObject({ state: 'completed' });
  });
});

describe('a table that comes later', () => {
  const addTable = () =>
    database.admin.query(`
      create table app.nicknames (id uuid primary key default uuidv7(), coach_id uuid not null, nickname text not null, motto text);
      comment on column app.nicknames.id is 'Primary key. [class: internal]';
      comment on column app.nicknames.coach_id is 'Whose. [class: internal]';
      comment on column app.nicknames.nickname is 'What they are called. [class: personal; erasure: replace]';
      comment on column app.nicknames.motto is 'What they say. [class: personal; erasure: clear]';
      create unique index nicknames_nickname_idx on app.nicknames (nickname);
      alter table app.nicknames owner to mm_owner;
      insert into app.nicknames (coach_id, nickname, motto)
      select p.id, 'Nick of ' || p.subject, 'Go' from app.profiles p`);
  const declareTie = () =>
    database.admin.query(`
      alter function app.personal_ties() rename to personal_ties_before;
      create function app.personal_ties() returns table (table_name text, by_author boolean, tie text) language sql immutable set search_path = ''
      as $$ select * from app.personal_ties_before() union all values ('app.nicknames', false, 't.coach_id = $1') $$`);

  test('with personal columns of nobody knows whom lets no erasure be approved', async () => {
    await addTable();
    const refusal = await refusalOf(approveErasure(database, 'amelia'));
    expect(refusal).toMatchObject({ status: 409, code: 'erasure.unplanned_data' });
    expect(refusal.message).toContain('app.nicknames.motto, app.nicknames.nickname');
    expect((await database.admin.query('select from app.erasure_steps')).rowCount).toBe(0);
  });

  test('is erased by its classes and its tie alone, also when it came after the approval', async () => {
    const id = await approveErasure(database, 'amelia');
    await addTable();
    await declareTie();
    await carryOutAll(database);
    await completeManualSteps(database, id);
    await carryOutAll(database);
    expect(await requestOf(database, id)).toMatchObject({ state: 'completed' });
    const ben = await profileOf(database, personas.ben.subject);
    const { rows } = await database.admin.query(
      `select nickname like '[erased] %' as replaced, motto from app.nicknames where coach_id in ($1, (select profile_id from app.erasure_requests))
       order by 1`,
      [ben],
    );
    expect(rows).toEqual([
      { replaced: false, motto: 'Go' },
      { replaced: true, motto: null },
    ]);
  });
});

describe('whom a request is about', () => {
  test('compliance staff see it while it is open, each time with an entry of the log; afterwards there is nobody to see', async () => {
    const id = await approveErasure(database, 'amelia');
    const disclosed = await act(database, helen(), 'select * from api.disclose_erasure_subject($1)', [id]);
    expect(disclosed).toEqual({
      subject: personas.amelia.subject,
      email: personas.amelia.email,
      display_name: personas.amelia.name,
    });
    const { rows } = await database.admin.query(
      `select actor_subject, object_id from audit.entries where action = 'erasure_request.disclosed'`,
    );
    expect(rows).toEqual([{ actor_subject: personas.helen.subject, object_id: id }]);
    for (const who of ['amelia', 'priya', 'tomas', 'grace'] as const) {
      const asking = act(database, who, 'select * from api.disclose_erasure_subject($1)', [id]);
      await expect(asking).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('a manual step is done by a person, who says what they did and is in the log and in the receipt', async () => {
    const id = await approveErasure(database, 'amelia');
    await carryOutAll(database);
    await completeManualSteps(database, id);
    await carryOutAll(database);
    const helensId = await profileOf(database, personas.helen.subject);
    const { rows } = await database.admin.query(
      `select s as step from app.erasure_receipts r, jsonb_array_elements(r.body::jsonb -> 'steps') s where (s ->> 'is_manual')::boolean`,
    );
    expect(rows.map(({ step }) => [step.system, step.evidence])).toEqual([
      ['clerk', { note: 'Deleted there', reference: 'T-17', completed_by: helensId }],
      ['resend', { note: 'Deleted there', reference: 'T-17', completed_by: helensId }],
    ]);
    const entries = await database.admin.query(
      `select after ->> 'system' as system from audit.entries where action = 'erasure_step.completed' order by id`,
    );
    expect(entries.rows.map(({ system }) => system).sort()).toEqual(['clerk', 'resend']);
  });
});
