import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrangeUpload, assetOf, only, type Upload } from '../src/arrange.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import {
  assetOnlyTrace,
  bodyOf,
  cancelledTooLateTrace,
  cancelledTrace,
  deletedTrace,
  deletedUnseenTrace,
  erroredAndDeletedTrace,
  erroredTrace,
  type MuxEvent,
  readyAfterAllTrace,
  readyTrace,
} from './mux-trace.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  // The property tests upload more than a coach may in a day.
  await database.admin.query(
    'create or replace function app.uploads_per_day() returns int language sql immutable as $$ select 100000 $$',
  );
});
afterAll(() => database?.close());

type Received = { id: string; state: string; is_duplicate: boolean };

async function receive(event: MuxEvent, { stale = false, body = bodyOf(event) } = {}): Promise<Received> {
  return only(
    await database.service.query<Received>('select * from app.receive_webhook($1, $2, $3, $4, $5, now(), $6)', [
      'mux',
      event.id,
      event.type,
      event.objectId,
      body,
      stale,
    ]),
  );
}

async function fold(id: string): Promise<string> {
  return only(await database.service.query<{ outcome: string }>('select app.fold_webhook_event($1) as outcome', [id]))
    .outcome;
}

async function deliver(events: readonly MuxEvent[]): Promise<void> {
  for (const event of events) await fold((await receive(event)).id);
}

/** Everything that people can see of an upload, but for when and how often its rows were written. */
async function endState(upload: Upload): Promise<unknown> {
  const { rows } = await database.admin.query(
    `select to_jsonb(j) - '{id,video_id,updated_at,requested_at,expires_at,uploading_at,mux_upload_id}'::text[] as job,
            to_jsonb(v) - '{id,updated_at,created_at,version}'::text[] as video,
            to_jsonb(a) - '{id,video_id,upload_job_id,updated_at,playback_id}'::text[] as asset,
            replace(a.playback_id, $2, 'playback') as playback_id, a.video_id = v.id as linked
     from app.upload_jobs j join app.videos v on v.id = j.video_id left join app.mux_assets a on a.upload_job_id = j.id
     where j.id = $1`,
    [upload.uploadJobId, upload.playbackId],
  );
  return rows;
}

const outcomes = [
  ['ready', readyTrace],
  ['errored', erroredTrace],
  ['deleted', deletedTrace],
  ['deleted before it was known to be ready', deletedUnseenTrace],
  ['errored and deleted', erroredAndDeletedTrace],
  ['cancelled', cancelledTrace],
  ['cancelled too late', cancelledTooLateTrace],
  ['ready after all', readyAfterAllTrace],
  ['ready, by the events of the asset alone', assetOnlyTrace],
] as const;

describe('folding the events of Mux', () => {
  test('an upload becomes a ready video, with the times of the events and not of their arrival', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    await deliver(readyTrace(upload));
    expect(await endState(upload)).toMatchObject([
      {
        linked: true,
        playback_id: 'playback-2',
        job: {
          state: 'ready',
          processing_at: '2026-01-01T00:00:01+00:00',
          finished_at: '2026-01-01T00:00:04+00:00',
          error_code: null,
        },
        video: { status: 'ready', duration_seconds: 10.5, aspect_ratio: '16:9', ready_at: '2026-01-01T00:00:04+00:00' },
        asset: { status: 'ready' },
      },
    ]);
  });

  test('a video that is deleted before it is known to be ready ends its upload, and ready, told later, outranks that', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    await deliver(deletedUnseenTrace(upload));
    expect(await endState(upload)).toMatchObject([
      {
        job: { state: 'cancelled', error_code: 'asset_deleted' },
        video: { status: 'deleted' },
        asset: { status: 'deleted' },
      },
    ]);
    await deliver(readyTrace(upload));
    expect(await endState(upload)).toMatchObject([
      { job: { state: 'ready', error_code: null }, video: { status: 'deleted' }, asset: { status: 'deleted' } },
    ]);
  });

  test('a file that is no video says so in a sentence', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    await deliver(erroredTrace(upload));
    expect(await endState(upload)).toMatchObject([
      {
        job: { state: 'errored', error_code: 'invalid_input', error_message: 'The file is no video.' },
        video: { status: 'errored', error_message: 'The file is no video.' },
      },
    ]);
  });

  test.each(outcomes)(
    'in any order, with any duplicates, the events of an upload end the same: %s (UP-06)',
    async (_, traceOf) => {
      const reference = await arrangeUpload(database, 'amelia');
      await deliver(traceOf(reference));
      const expected = await endState(reference);
      const length = traceOf(reference).length;

      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray([...Array(length).keys()], { minLength: length }),
          fc.array(fc.nat(length - 1), { maxLength: 4 }),
          async (order, again) => {
            const upload = await arrangeUpload(database, 'amelia');
            const events = traceOf(upload);
            const pick = (index: number) => events[index] ?? [];
            // A duplicate is a second event that tells the same, too: Mux may send one under another id.
            const echoes = again.flatMap(pick).map((event) => ({ ...event, id: `${event.id}-echo-${randomUUID()}` }));
            await deliver([...order.flatMap(pick), ...again.flatMap(pick), ...echoes]);
            expect(await endState(upload)).toEqual(expected);
          },
        ),
        { numRuns: 40 },
      );
    },
  );

  test('folded by several workers at once, without a deadlock, the events end the same', async () => {
    const reference = await arrangeUpload(database, 'amelia');
    await deliver(readyTrace(reference));
    const expected = await endState(reference);
    for (let round = 0; round < 10; round += 1) {
      const upload = await arrangeUpload(database, 'amelia');
      const received = await Promise.all(readyTrace(upload).map((event) => receive(event)));
      const results = await Promise.all([...received, ...received].map(({ id }) => fold(id)));
      expect(results.filter((outcome) => outcome === 'processed')).toHaveLength(received.length);
      expect(await endState(upload)).toEqual(expected);
    }
  });

  test('an event by Mux ids alone finds its upload when the upload’s own event comes later', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    const { upload_id: _u, passthrough: _p, ...anonymous } = assetOf(upload, 'ready');
    const [, linking] = readyTrace(upload);
    await deliver([
      {
        id: randomUUID(),
        type: 'video.asset.ready',
        objectId: upload.assetId,
        data: anonymous,
        at: new Date('2026-01-01T00:00:05Z'),
      },
    ]);
    expect(await endState(upload)).toMatchObject([{ linked: null, video: { status: 'uploading' } }]);
    if (linking) await deliver([linking]);
    expect(await endState(upload)).toMatchObject([
      { linked: true, job: { state: 'ready' }, video: { status: 'ready' } },
    ]);
  });

  test('an upload that Mux announces before the api has attached it is found by its passthrough (UP-02)', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    await database.admin.query('update app.upload_jobs set mux_upload_id = null where id = $1', [upload.uploadJobId]);
    await deliver(readyTrace(upload));
    expect(await endState(upload)).toMatchObject([{ job: { state: 'ready' }, video: { status: 'ready' } }]);
  });

  test('an asset that matches no upload is kept as an orphan, to be listed for action (UP-10)', async () => {
    const id = `asset-${randomUUID()}`;
    const data = {
      id,
      status: 'ready',
      passthrough: 'not an id of ours',
      playback_ids: [{ id: `p-${id}`, policy: 'signed' }],
    };
    const { id: event } = await receive({
      id: randomUUID(),
      type: 'video.asset.ready',
      objectId: id,
      data,
      at: new Date(),
    });
    expect(await fold(event)).toBe('processed');
    const { rows } = await database.admin.query(
      'select status, video_id, upload_job_id from app.mux_assets where id = $1',
      [id],
    );
    expect(rows).toEqual([{ status: 'ready', video_id: null, upload_job_id: null }]);
  });

  test('a public playback id is never stored, and people are told at once (SH-01)', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    const data = { ...assetOf(upload, 'ready'), playback_ids: [{ id: 'public-id', policy: 'public' }] };
    await deliver([{ id: randomUUID(), type: 'video.asset.ready', objectId: upload.assetId, data, at: new Date() }]);
    expect(await endState(upload)).toMatchObject([{ playback_id: null }]);
    const { rows } = await database.admin.query(
      `select severity, details ->> 'assetId' as asset from app.alerts where key = 'mux.public_playback' and state = 'firing'`,
    );
    expect(rows).toEqual([{ severity: 'critical', asset: upload.assetId }]);
  });

  test('events of no interest, and of uploads that are not ours, are ignored and change nothing', async () => {
    const before = await database.admin.query('select count(*) from audit.entries');
    for (const type of ['video.asset.track.created', 'video.asset.warning', 'video.upload.created', 'something.new']) {
      const { id } = await receive({
        id: randomUUID(),
        type,
        objectId: 'foreign',
        data: { id: 'foreign' },
        at: new Date(),
      });
      expect(await fold(id)).toBe('ignored');
    }
    expect((await database.admin.query('select count(*) from audit.entries')).rows).toEqual(before.rows);
  });

  test('an event that cannot be read raises, and stays as it was', async () => {
    for (const body of ['not json', '{"data": {}}', '{"data": {"id": "a", "status": "weird"}}']) {
      const event = { id: randomUUID(), type: 'video.asset.ready', objectId: 'x', data: {}, at: new Date() };
      const { id } = await receive(event, { body: Buffer.from(body) });
      await expect(fold(id)).rejects.toThrow();
      const { rows } = await database.admin.query('select state, attempts from app.webhook_events where id = $1', [id]);
      expect(rows).toEqual([{ state: 'received', attempts: 0 }]);
    }
  });

  test('what the reconciler saw is folded like an event', async () => {
    const reference = await arrangeUpload(database, 'amelia');
    await deliver(readyTrace(reference));
    const upload = await arrangeUpload(database, 'amelia');
    await database.service.query(`select app.apply_upload_snapshot($1, 'asset_created', $2, null, null)`, [
      upload.uploadJobId,
      upload.assetId,
    ]);
    await database.service.query('select app.apply_asset_snapshot($1)', [assetOf(upload, 'ready')]);
    const states = `select j.state, v.status, v.duration_seconds, v.aspect_ratio from app.upload_jobs j join app.videos v on v.id = j.video_id where j.id = $1`;
    expect((await database.admin.query(states, [upload.uploadJobId])).rows).toEqual(
      (await database.admin.query(states, [reference.uploadJobId])).rows,
    );
  });
});

describe('the inbox', () => {
  const someEvent = (): MuxEvent => ({
    id: randomUUID(),
    type: 'something.new',
    objectId: 'x',
    data: {},
    at: new Date(),
  });

  test('an event is stored once: the second delivery is a duplicate, and folding twice has one effect', async () => {
    const event = someEvent();
    const first = await receive(event);
    expect(first).toMatchObject({ state: 'received', is_duplicate: false });
    expect(await fold(first.id)).toBe('ignored');
    expect(await receive(event)).toEqual({ id: first.id, state: 'ignored', is_duplicate: true });
    expect(await fold(first.id)).toBe('skipped');
  });

  test('delivered many times at once, it is stored once', async () => {
    const event = someEvent();
    const received = await Promise.all(Array.from({ length: 8 }, () => receive(event)));
    expect(received.filter((row) => !row.is_duplicate)).toHaveLength(1);
    expect(new Set(received.map((row) => row.id)).size).toBe(1);
  });

  test('a stale event is quarantined and never folded (UP-04)', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    const [created] = readyTrace(upload).slice(4);
    if (created === undefined) throw new Error('The trace has an event fewer than thought.');
    const { id, state } = await receive(created, { stale: true });
    expect(state).toBe('quarantined');
    expect(await receive(created, { stale: true })).toEqual({ id, state: 'quarantined', is_duplicate: true });
    expect(await fold(id)).toBe('skipped');
    const { rows } = await database.service.query<{ id: string }>('select id from app.due_webhook_events(1000) id');
    expect(rows.map((row) => row.id)).not.toContain(id);
    expect(await endState(upload)).toMatchObject([{ video: { status: 'uploading' } }]);

    // The same event, signed afresh, is believed and takes its place; a stale copy after that changes nothing.
    expect(await receive(created)).toEqual({ id, state: 'received', is_duplicate: false });
    expect(await receive(created, { stale: true })).toEqual({ id, state: 'received', is_duplicate: true });
    expect(await fold(id)).toBe('processed');
    expect(await endState(upload)).toMatchObject([{ video: { status: 'ready' } }]);
  });

  test('the bytes are kept exactly', async () => {
    const body = Buffer.from('{"data": {}, "odd":  "\\u0000 \u{1F600}"}');
    const { id } = await receive(someEvent(), { body });
    const { rows } = await database.admin.query<{ body: Buffer }>('select body from app.webhook_events where id = $1', [
      id,
    ]);
    expect(rows[0]?.body).toEqual(body);
  });

  test('a failure backs off, each time three times as long, and the fifth one is the last (JB-02)', async () => {
    const { id } = await receive(someEvent());
    const seconds: number[] = [];
    const states: string[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const row = only(
        await database.service.query<{ state: string; wait: string }>(
          `select state, extract(epoch from next_attempt_at - now()) as wait from app.fail_webhook_event($1, 'It broke.')`,
          [id],
        ),
      );
      seconds.push(Number(row.wait));
      states.push(row.state);
    }
    expect(seconds).toEqual([10, 30, 90, 270, 810]);
    expect(states).toEqual(['received', 'received', 'received', 'received', 'dead']);
    expect(await fold(id)).toBe('skipped');
  });

  test('due are the events whose time has come, oldest first', async () => {
    await database.admin.query('delete from app.webhook_events');
    const [one, two, three] = [await receive(someEvent()), await receive(someEvent()), await receive(someEvent())];
    await database.service.query(`select app.fail_webhook_event($1, 'It broke.')`, [two.id]);
    const due = async (max: number) =>
      (await database.service.query<{ id: string }>('select id from app.due_webhook_events($1) id', [max])).rows.map(
        (row) => row.id,
      );
    expect(await due(10)).toEqual([one.id, three.id]);
    expect(await due(1)).toEqual([one.id]);
  });
});
