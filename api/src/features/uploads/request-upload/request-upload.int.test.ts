import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type IntegrationApp, type PersonName, startIntegrationApp } from '../../../../test/integration-app.ts';
import { requestUploadAnswer } from './schema.ts';

const body = {
  title: 'Turns',
  description: 'Inside edge',
  fileName: 'turns.mp4',
  fileSizeBytes: 1_000,
  contentType: 'video/mp4',
};

let subject: IntegrationApp;
beforeAll(async () => {
  subject = await startIntegrationApp();
});
afterEach(() => subject.control('reset', {}));
afterAll(() => subject.close());

const request = async (person: PersonName, overrides: Record<string, unknown> = {}) => {
  const response = await fetch(`${subject.origin}/api/uploads`, {
    method: 'POST',
    headers: {
      ...(await subject.authorization(person)),
      'content-type': 'application/json',
      'x-request-id': 'upload-request-1',
    },
    body: JSON.stringify({ ...body, ...overrides }),
  });
  return { response, json: (await response.json()) as Record<string, unknown> };
};

const jobs = async (title: string) => {
  const { rows } = await subject.database.admin.query<Record<string, unknown>>(
    `select j.id, j.state, j.mux_upload_id, j.error_code, v.status as video_status
     from app.upload_jobs j join app.videos v on v.id = j.video_id where v.title = $1 order by j.requested_at`,
    [title],
  );
  return rows;
};

describe('a coach who asks for an upload', () => {
  it('gets a URL, and the job knows Mux by its id before anybody knows the URL', async () => {
    const { response, json } = await request('amelia', { title: 'First' });
    expect(response.status).toBe(201);
    const answer = requestUploadAnswer.parse(json);
    const [job] = await jobs('First');
    expect(job).toMatchObject({ id: answer.uploadJobId, state: 'uploading', video_status: 'uploading' });
    const upload = await subject.muxClient.video.uploads.retrieve(String(job?.mux_upload_id));
    expect(upload).toMatchObject({
      status: 'waiting',
      cors_origin: subject.config.http.publicUrl,
      url: answer.uploadUrl,
      new_asset_settings: { playback_policies: ['signed'], passthrough: answer.uploadJobId, video_quality: 'basic' },
    });
    const life = (Date.parse(answer.expiresAt) - Date.now()) / 1000;
    expect(Math.abs((upload.timeout ?? 0) - life)).toBeLessThan(30);
  });

  it('sends no personal data to Mux', async () => {
    const { json } = await request('amelia', { title: 'Private words', fileName: 'amelia-at-home.mp4' });
    const [job] = await jobs('Private words');
    const upload = JSON.stringify(await subject.muxClient.video.uploads.retrieve(String(job?.mux_upload_id)));
    expect(upload).toContain(String(json.uploadJobId));
    expect(upload).not.toMatch(/amelia|Private words|Inside edge/i);
  });

  it('and for a link gets the link, made with the job, to be shared before the video is ready', async () => {
    const shareExpiresAt = new Date(Date.now() + 48 * 3_600_000).toISOString();
    const { response, json } = await request('amelia', { title: 'With a link', shareExpiresAt, shareLabel: 'Squad' });
    expect(response.status).toBe(201);
    const { share, uploadJobId } = requestUploadAnswer.parse(json);
    expect(share).toMatchObject({ expiresAt: shareExpiresAt });
    const { rows } = await subject.database.admin.query(
      `select t.id, t.public_id, t.label from app.upload_jobs j join app.share_tokens t on t.id = j.share_token_id
       where j.id = $1 and j.mux_upload_id is not null and t.secret_hash = sha256(convert_to($2, 'utf8'))`,
      [uploadJobId, share?.secret],
    );
    expect(rows).toEqual([{ id: share?.id, public_id: share?.publicId, label: 'Squad' }]);
  });

  it('without wishing for a link gets none', async () => {
    const { json } = await request('amelia', { title: 'Without a link' });
    expect(json.share).toBeNull();
  });

  it('is written down in the audit log with the request and the door', async () => {
    const { json } = await request('amelia', { title: 'Audited' });
    const { rows } = await subject.database.admin.query(
      'select actor_subject, door, request_id from audit.entries where object_id = $1 order by occurred_at limit 1',
      [json.videoId],
    );
    expect(rows).toEqual([{ actor_subject: 'user_amelia_hart', door: 'api', request_id: 'upload-request-1' }]);
  });

  it.each([
    ['a file that is too large', { fileSizeBytes: 5_000_000_001 }, '#/fileSizeBytes'],
    ['a file that is no video', { contentType: 'application/pdf' }, '#/contentType'],
    [
      'a link of less than 24 hours',
      { shareExpiresAt: new Date(Date.now() + 3_600_000).toISOString() },
      '#/shareExpiresAt',
    ],
    ['a label but no end of the link', { shareLabel: 'Squad' }, '#/shareExpiresAt'],
  ])(
    'with %s is refused before Mux is asked, with a pointer in the names of this API',
    async (_name, overrides, pointer) => {
      const before = await subject.muxClient.video.uploads.list().then((page) => page.data.length);
      const { response, json } = await request('amelia', { title: 'Refused', ...overrides });
      expect(response.status).toBe(422);
      expect(json).toMatchObject({ errors: [{ pointer }] });
      expect(await jobs('Refused')).toEqual([]);
      expect(await subject.muxClient.video.uploads.list().then((page) => page.data.length)).toBe(before);
    },
  );
});

describe('somebody who is no coach', () => {
  it.each(['priya', 'helen', 'tomas', 'grace'] as const)('(%s) may not upload', async (person) => {
    const { response, json } = await request(person, { title: `By ${person}` });
    expect(response.status).toBe(403);
    expect(json).toMatchObject({ code: 'auth.forbidden', requestId: 'upload-request-1' });
    expect(await jobs(`By ${person}`)).toEqual([]);
  });
});

describe('while Mux is in trouble', () => {
  it.each([
    ['answers 500', { status: 500 }, 503, 'upload.vendor_unavailable'],
    ['answers 429', { status: 429, retryAfter: 1 }, 503, 'upload.vendor_unavailable'],
    ['breaks the connection off', { timeoutMs: 0 }, 503, 'upload.vendor_unavailable'],
    ['answers half an answer', { truncate: 20 }, 503, 'upload.vendor_unavailable'],
  ])('and %s, the job is closed with its reason and the caller can try again', async (name, effect, status, code) => {
    await subject.control('faults', { match: { method: 'POST', path: '/video/v1/uploads' }, ...effect });
    const { response, json } = await request('amelia', { title: name });
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe('10');
    expect(json).toMatchObject({ code });
    expect(await jobs(name)).toMatchObject([
      { state: 'errored', error_code: code, mux_upload_id: null, video_status: 'errored' },
    ]);

    const again = await request('amelia', { title: name });
    expect(again.response.status).toBe(201);
  });

  it('the SDK does not ask a second time by itself, since that could make a second upload', async () => {
    await subject.control('faults', { match: { method: 'POST', path: '/video/v1/uploads' }, status: 503, times: 1 });
    const { response } = await request('amelia', { title: 'Once only' });
    expect(response.status).toBe(503);
  });
});

describe('the daily quota', () => {
  it('refuses the 21st upload, says when the next is free, and does not ask Mux', async () => {
    const { rows } = await subject.database.admin.query<{ count: number }>(
      "select 20 - count(*)::int as count from app.upload_jobs j join app.profiles p on p.id = j.coach_id where p.subject = 'user_ben_okafor'",
    );
    for (let index = 0; index < (rows[0]?.count ?? 0); index += 1) {
      expect((await request('ben', { title: 'Within' })).response.status).toBe(201);
    }
    const { response, json } = await request('ben', { title: 'Beyond' });
    expect(response.status).toBe(429);
    expect(json).toMatchObject({ code: 'upload.quota_exceeded' });
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(23 * 3_600);
    expect(await jobs('Beyond')).toEqual([]);
  });
});
