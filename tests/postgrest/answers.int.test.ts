import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrangeShare, arrangeVideo, type Upload } from '../src/arrange.ts';
import { createTestDatabase, type TestDatabase, type TestPostgrest } from '../src/index.ts';
import { rest } from '../src/rest.ts';

let database: TestDatabase;
let postgrest: TestPostgrest;
let video: Upload;
beforeAll(async () => {
  database = await createTestDatabase();
  postgrest = await database.startPostgrest();
  video = await arrangeVideo(database, 'amelia');
});
afterAll(() => database?.close());

const one = { accept: 'application/vnd.pgrst.object+json', prefer: 'return=representation' };
const call = (name: string, body: object, who: Parameters<typeof rest>[1] = 'amelia') =>
  rest(postgrest, who, `/rpc/${name}`, { method: 'POST', body });

describe('refusals keep their status, code and field', () => {
  test('PT422 carries the fields', async () => {
    const answer = await call('create_share_token', { video_id: video.videoId, expires_at: '2020-01-01T00:00:00Z' });
    expect(answer).toMatchObject({ status: 422, body: { code: 'PT422', hint: 'request.invalid' } });
    expect(JSON.parse((answer.body as { details: string }).details)).toEqual({
      errors: [{ pointer: '#/expires_at', code: 'too_early', detail: 'A share link lives for at least 24 hours.' }],
    });
  });

  test('PT404 and PT409 carry a stable code and a sentence', async () => {
    expect(await call('revoke_share_token', { id: randomUUID(), reason: 'No reason' })).toMatchObject({
      status: 404,
      body: {
        code: 'PT404',
        hint: 'share.not_found',
        message: 'There is no such share link, or you may not revoke it.',
      },
    });
    const share = await arrangeShare(database, 'amelia', video.videoId);
    await call('revoke_share_token', { id: share.id, reason: 'First' });
    expect(await call('revoke_share_token', { id: share.id, reason: 'Second' })).toMatchObject({
      status: 409,
      body: { code: 'PT409', hint: 'share.already_revoked' },
    });
  });

  test('what a form changes directly is refused at the field too', async () => {
    const answer = await rest(postgrest, 'amelia', `/videos?id=eq.${video.videoId}`, {
      method: 'PATCH',
      body: { title: '  ' },
    });
    expect(answer).toMatchObject({ status: 422, body: { hint: 'request.invalid' } });
    expect((answer.body as { details: string }).details).toContain('#/title');
  });

  test.each([
    ['a uuid that is none', 'create_share_token', { video_id: 'nope' }],
    ['a date that is none', 'create_share_token', { video_id: randomUUID(), expires_at: 'soon' }],
    ['a number that is none', 'decide_preview', { video_id: randomUUID(), token_ttl_seconds: 'long' }],
    ['an argument that does not exist', 'create_share_token', { video_id: randomUUID(), admin: true }],
    ['a missing argument', 'revoke_share_token', {}],
    ['a token life of a year', 'decide_preview', { video_id: randomUUID(), token_ttl_seconds: 31_536_000 }],
  ])('bad input is the caller’s fault, never a 500: %s', async (_, name, body) => {
    const { status } = await call(name, body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});

describe('writes tell the truth', () => {
  test('a change of a row that is not the caller’s is no success', async () => {
    const answer = await rest(postgrest, 'ben', `/videos?id=eq.${video.videoId}`, {
      method: 'PATCH',
      body: { title: 'Mine' },
      headers: one,
    });
    expect(answer).toMatchObject({ status: 406, body: { code: 'PGRST116' } });
  });

  test('a change of a version that is gone is no success, and changes nothing', async () => {
    const current = await rest(postgrest, 'amelia', `/videos?id=eq.${video.videoId}&select=version`, { headers: one });
    const { version } = current.body as { version: number };
    const path = (of: number) => `/videos?id=eq.${video.videoId}&version=eq.${of}&select=title,version`;
    const first = await rest(postgrest, 'amelia', path(version), {
      method: 'PATCH',
      body: { title: 'First' },
      headers: one,
    });
    expect(first).toMatchObject({ status: 200, body: { title: 'First', version: version + 1 } });
    const second = await rest(postgrest, 'amelia', path(version), {
      method: 'PATCH',
      body: { title: 'Second' },
      headers: one,
    });
    expect(second.status).toBe(406);
  });

  test('a change of one’s own row answers the row as it is now', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    const answer = await rest(postgrest, 'amelia', `/share_tokens?id=eq.${share.id}&select=label,status,version`, {
      method: 'PATCH',
      body: { label: '  For the team ' },
      headers: one,
    });
    expect(answer).toMatchObject({ status: 200, body: { label: 'For the team', status: 'active', version: 2 } });
  });
});

describe('what PostgREST does not tell', () => {
  test('there is no OpenAPI document, for anybody', async () => {
    for (const who of [null, 'amelia', 'priya'] as const) expect((await rest(postgrest, who, '/')).status).toBe(404);
  });

  test('there are no query plans', async () => {
    const answer = await rest(postgrest, 'priya', '/videos', {
      headers: { accept: 'application/vnd.pgrst.plan+json' },
    });
    expect(answer.status).toBe(415);
  });

  test.each(['app', 'audit', 'authz', 'pgboss', 'deploy', 'public', 'pg_catalog'])(
    'the schema %s cannot be asked for',
    async (schema) => {
      const answer = await rest(postgrest, 'priya', '/videos', { headers: { 'accept-profile': schema } });
      expect(answer.status).toBe(406);
    },
  );

  test.each(['decide_playback', 'receive_webhook', 'fold_webhook_event', 'set_config', 'check_request', 'pg_sleep'])(
    'the function %s cannot be called',
    async (name) => {
      expect((await call(name, {}, 'priya')).status).toBe(404);
    },
  );

  test('a hidden column cannot be filtered, sorted or read', async () => {
    for (const path of [
      '/share_tokens?secret_hash=not.is.null',
      '/share_tokens?select=secret_hash',
      '/share_tokens?order=secret_hash',
      '/playback_decisions?select=ip_hash',
      '/webhook_events?select=body',
    ]) {
      expect({ path, status: (await rest(postgrest, 'priya', path)).status }).toEqual({ path, status: 400 });
    }
  });

  test('no error names a row of somebody else', async () => {
    const share = await arrangeShare(database, 'amelia', video.videoId);
    for (const answer of [
      await call('create_share_token', { video_id: video.videoId }, 'ben'),
      await call('revoke_share_token', { id: share.id, reason: 'Not mine' }, 'ben'),
      await call('cancel_upload', { upload_job_id: video.uploadJobId }, 'ben'),
      await call('decide_preview', { video_id: video.videoId, token_ttl_seconds: 60 }, 'ben'),
    ]) {
      const text = JSON.stringify(answer.body);
      expect(answer.status).toBe(404);
      for (const secret of [share.id, share.publicId, video.videoId, 'Amelia', 'Squat'])
        expect(text).not.toContain(secret);
    }
  });
});

describe('limits', () => {
  test('no page is longer than db-max-rows, whatever is asked for', async () => {
    const small = await database.startPostgrest({ maxRows: 3 });
    for (const path of ['/profiles', '/profiles?limit=1000']) {
      expect((await rest(small, 'priya', path)).body).toHaveLength(3);
    }
    await small.close();
  });

  test('a runaway query ends by the statement_timeout of the caller’s role', async () => {
    const { rows } = await database.admin.query<{ settings: string[] }>(
      `select rolconfig as settings from pg_roles where rolname = 'mm_coach'`,
    );
    expect(rows[0]?.settings).toEqual(['statement_timeout=5s']);
    // PostgREST applies the role's own setting: seen from inside a request.
    await database.admin.query(`
      create function api.tells_timeout() returns text language sql stable return current_setting('statement_timeout');
      grant execute on function api.tells_timeout() to mm_coach;
      notify pgrst, 'reload schema'`);
    await expect.poll(async () => (await call('tells_timeout', {})).body, { timeout: 10_000 }).toBe('5s');
  });
});
