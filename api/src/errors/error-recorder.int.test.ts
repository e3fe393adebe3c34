import { randomUUID } from 'node:crypto';
import { Registry } from '@prometheus-io/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenShare, givenShare, givenVideo } from '../../test/fixtures.ts';
import { type IntegrationApp, startIntegrationApp } from '../../test/integration-app.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { ErrorRecorder } from './error-recorder.ts';

let subject: IntegrationApp;
beforeAll(async () => {
  subject = await startIntegrationApp();
});
afterAll(() => subject?.close());

function startRecorder(database: Database) {
  const registry = new Registry();
  const recorder = new ErrorRecorder(database, registry, { environment: 'test', program: 'worker', version: '1' });
  const counted = async () =>
    Object.fromEntries(
      [...(await registry.metrics()).matchAll(/mm_error_events_total\{outcome="(\w+)"\} (\d+)/g)].map(
        ([, outcome, count]) => [outcome, Number(count)],
      ),
    );
  return { recorder, counted };
}
const connect = (poolMax: number) =>
  openDatabase({
    url: subject.database.serviceUrl,
    poolMax,
    applicationName: 'mm-worker',
    onConnectionError: () => undefined,
  });
const groupsOf = async (code: string) => {
  const { rows } = await subject.database.admin.query(
    'select severity, event_count::int, message from app.error_groups where code = $1',
    [code],
  );
  return rows;
};

describe('the recorder of errors', () => {
  it('keeps what is reported, drops what is too much at once, and counts both', async () => {
    const database = connect(2);
    const { recorder, counted } = startRecorder(database);
    const code = `worker.${randomUUID()}`;
    for (let each = 1; each <= 150; each += 1) {
      recorder.report({ severity: 'error', code, error: new Error('It went wrong.') });
    }
    // One under way, a hundred behind it.
    expect(await counted()).toEqual({ recorded: 0, dropped: 49, failed: 0 });
    await recorder.close();
    expect(await counted()).toEqual({ recorded: 101, dropped: 49, failed: 0 });
    expect(await groupsOf(code)).toEqual([{ severity: 'error', event_count: 101, message: 'It went wrong.' }]);
    await database.close();
  });

  it('takes no connection while others wait for one', async () => {
    const database = connect(1);
    const { recorder, counted } = startRecorder(database);
    const held = await database.pool.connect();
    const waiting = database.pool.connect();
    recorder.report({ severity: 'error', code: 'worker.busy', error: 'x' });
    held.release();
    (await waiting).release();
    await recorder.close();
    expect(await counted()).toEqual({ recorded: 0, dropped: 1, failed: 0 });
    await database.close();
  });

  it('harms nobody when the database is away', async () => {
    const database = connect(1);
    const { recorder, counted } = startRecorder(database);
    await database.close();
    recorder.report({ severity: 'error', code: 'worker.away', error: new Error('x') });
    await recorder.close();
    expect(await counted()).toEqual({ recorded: 0, dropped: 0, failed: 1 });
  });
});

describe('the api', () => {
  const resolve = ({ publicId }: GivenShare) =>
    subject.app.inject({ method: 'POST', url: `/api/share/${publicId}`, payload: { secret: 'x'.repeat(43) } });

  it('records what it answers with 500, under the id that the answer names, and nothing that it refuses', async () => {
    const share = await givenShare(subject.database, await givenVideo(subject.database));
    await subject.database.admin.query('alter function app.decide_playback rename to decide_playback_gone');
    const { body, statusCode } = await resolve(share);
    await subject.database.admin.query('alter function app.decide_playback_gone rename to decide_playback');
    expect(statusCode).toBe(500);
    expect((await resolve(share)).statusCode).toBe(403);
    const { requestId } = JSON.parse(body) as { requestId: string };
    const events = async () => {
      const { rows } = await subject.database.admin.query(
        'select code, severity, request_id, context from app.error_events where request_id is not null',
      );
      return rows;
    };
    await expect.poll(events, { timeout: 10_000 }).toEqual([
      {
        code: 'service.failed',
        severity: 'error',
        request_id: requestId,
        context: expect.objectContaining({ program: 'api', method: 'POST', route: '/api/share/:publicId' }),
      },
    ]);
    expect(body).not.toContain('decide_playback');
  });
});
