import { readyVideo, shareLink } from '../fixtures/made.ts';
import { staff } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

/** A stranger with curl: every door is closed to who has no token. */
const views = [
  'me',
  'profiles',
  'videos',
  'upload_jobs',
  'share_tokens',
  'playback_decisions',
  'audit_entries',
  'webhook_events',
];
const functions = [
  'sign_in',
  'request_upload',
  'cancel_upload',
  'create_share_token',
  'revoke_share_token',
  'decide_preview',
];

for (const view of views) {
  test(`a stranger cannot read ${view}`, async ({ request, stack }) => {
    const answer = await request.get(`${stack.urls.rest}/${view}`);
    expect([401, 404]).toContain(answer.status());
  });
}

for (const name of functions) {
  test(`a stranger cannot call ${name}`, async ({ request, stack }) => {
    const answer = await request.post(`${stack.urls.rest}/rpc/${name}`, { data: {} });
    expect([401, 404]).toContain(answer.status());
  });
}

test('a stranger cannot upload, preview or cancel', async ({ request, stack }) => {
  const id = '01890000-0000-7000-8000-000000000000';
  const answers = [
    await request.post(`${stack.urls.api}/uploads`, {
      data: { title: 'x', fileName: 'x.mp4', fileSizeBytes: 1, contentType: 'video/mp4' },
    }),
    await request.post(`${stack.urls.api}/videos/${id}/preview`),
    await request.delete(`${stack.urls.api}/uploads/${id}`),
  ];
  expect(answers.map((answer) => answer.status())).toEqual([401, 401, 401]);
  for (const answer of answers) expect(answer.headers()['content-type']).toContain('application/problem+json');
});

test('a refused link answers alike, whatever is wrong with it, but for the request id (SH-07)', async ({
  request,
  stack,
}) => {
  const videoId = await readyVideo('Answers alike');
  const link = await shareLink(videoId, 'Alike');
  const revoked = await shareLink(videoId, 'Alike, revoked');
  await staff('amelia').rpc('revoke_share_token', { id: revoked.id, reason: 'Answers alike' });
  const attempts: [string, unknown][] = [
    [link.publicId, { secret: revoked.secret }],
    [link.publicId, {}],
    [link.publicId, { secret: '' }],
    [revoked.publicId, { secret: revoked.secret }],
    ['AAAAAAAAAAAA', { secret: link.secret }],
    ['no%20such%20id', { secret: link.secret }],
    ["'%3B drop table", { secret: link.secret }],
  ];
  const bodies = new Set<string>();
  for (const [publicId, data] of attempts) {
    const answer = await request.post(`${stack.urls.api}/share/${publicId}`, { data });
    expect(answer.status(), JSON.stringify([publicId, data])).toBe(403);
    const { requestId, ...problem } = await answer.json();
    expect(requestId).toBeTruthy();
    bodies.add(JSON.stringify(problem));
  }
  expect([...bodies]).toHaveLength(1);
});

test('no page or answer may be framed, sniffed or run foreign script (SE-01, SE-03)', async ({ request, stack }) => {
  for (const path of ['/admin/', '/s/AAAAAAAAAAAA', '/api/config']) {
    const headers = (await request.get(`${stack.urls.app}${path}`)).headers();
    expect(headers['content-security-policy'], path).toMatch(/default-src 'none'/);
    expect(headers['content-security-policy'], path).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['referrer-policy'], path).toBe('no-referrer');
  }
});
