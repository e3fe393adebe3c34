import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrangeUpload, only, type Upload } from '../src/arrange.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';
import { bodyOf, erroredTrace, type MuxEvent, readyTrace } from './mux-trace.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

async function deliver(events: readonly MuxEvent[]): Promise<string[]> {
  const ids: string[] = [];
  for (const event of events) {
    const { id } = only(
      await database.service.query<{ id: string }>(
        'select id from app.receive_webhook($1, $2, $3, $4, $5, now(), false)',
        ['mux', event.id, event.type, event.objectId, bodyOf(event)],
      ),
    );
    await database.service.query('select app.fold_webhook_event($1)', [id]);
    ids.push(id);
  }
  return ids;
}

type Told = {
  source: string;
  step: string;
  object_id: string;
  webhook_event_id: string | null;
  event_state: string | null;
};

async function storyOf({ uploadJobId }: Pick<Upload, 'uploadJobId'>): Promise<(Told & { error: string | null })[]> {
  const { rows } = await database.asUser('tomas', (client) =>
    client.query('select * from api.upload_timeline($1)', [uploadJobId]),
  );
  return rows;
}
const of = (source: string, story: readonly Told[]) =>
  story.filter((told) => told.source === source).map(({ step }) => step);

describe('the story of an upload', () => {
  test('holds its steps, its asset and every event about either, and nothing of another upload', async () => {
    const [upload, other] = [await arrangeUpload(database, 'amelia'), await arrangeUpload(database, 'ben')];
    const trace = readyTrace(upload);
    const ids = await deliver(trace);
    await deliver(readyTrace(other));
    const story = await storyOf(upload);
    expect(of('upload', story)).toEqual(expect.arrayContaining(['requested', 'uploading', 'processing', 'ready']));
    expect(of('asset', story)).toEqual(expect.arrayContaining(['created', 'ready']));
    const events = story.filter(({ source }) => source === 'event');
    expect(events.map(({ webhook_event_id: id }) => id)).toEqual(ids);
    expect(events.map(({ step }) => step)).toEqual(trace.map(({ type }) => type));
    expect(new Set(events.map(({ event_state: state }) => state))).toEqual(new Set(['processed']));
    expect(new Set(story.map(({ object_id: id }) => id))).toEqual(new Set([null, upload.muxUploadId, upload.assetId]));
  });

  test('says why it failed, by the code and never by the words of the file', async () => {
    const upload = await arrangeUpload(database, 'amelia');
    await deliver(erroredTrace(upload));
    const story = await storyOf(upload);
    const failed = story.find(({ source, step }) => source === 'upload' && step === 'errored');
    const { error_code: code } = only(
      await database.admin.query<{ error_code: string }>('select error_code from app.upload_jobs where id = $1', [
        upload.uploadJobId,
      ]),
    );
    expect(failed?.error).toBe(code);
    expect(code).toMatch(/^[a-z_.]+$/);
    expect(JSON.stringify(story)).not.toContain('squat.mp4');
  });

  test('holds nothing that has not happened', async () => {
    const story = await storyOf(await arrangeUpload(database, 'amelia'));
    expect(story.map(({ step }) => step)).toEqual(['requested', 'uploading']);
  });

  test('is an operator’s to read, of an upload that exists', async () => {
    const { uploadJobId } = await arrangeUpload(database, 'amelia');
    const ask = (who: 'tomas' | 'amelia', id: string) =>
      database.asUser(who, (client) => client.query('select * from api.upload_timeline($1)', [id]));
    await expect(ask('amelia', uploadJobId)).rejects.toMatchObject({ code: '42501' });
    expect(await refusalOf(ask('tomas', '00000000-0000-7000-8000-000000000000'))).toMatchObject({
      code: 'upload.not_found',
    });
  });
});
