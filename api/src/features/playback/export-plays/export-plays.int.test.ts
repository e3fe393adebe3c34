import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenShare, type GivenVideo, givenShare, givenVideo } from '../../../../test/fixtures.ts';
import { type IntegrationApp, type PersonName, startIntegrationApp } from '../../../../test/integration-app.ts';

let subject: IntegrationApp;
let video: GivenVideo;
let share: GivenShare;
let sessionId: string;

beforeAll(async () => {
  subject = await startIntegrationApp();
  video = await givenVideo(subject.database, { title: '=HYPERLINK("https://evil.example","Squat")' });
  share = await givenShare(subject.database, video);
  sessionId = await watch(share, [
    { sequence: 0, kind: 'heartbeat', watched: [[0, 6.25]], rebufferSeconds: 6.25 },
    { sequence: 1, kind: 'error', errorCode: '-2403210' },
  ]);
});
afterAll(() => subject.close());

async function post(path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${subject.origin}/api/share/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'Mozilla/5.0 Firefox/140.0' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, unknown>;
}

async function watch({ publicId, secret }: GivenShare, events: object[], consent = true): Promise<string> {
  const { sessionId } = await post(publicId, { secret });
  await post(`${publicId}/events`, { sessionId, consent, events });
  return String(sessionId);
}

async function exportPlays(query: string, person?: PersonName) {
  const response = await fetch(`${subject.origin}/api/plays/export?${query}`, {
    headers: person === undefined ? {} : await subject.authorization(person),
  });
  // Not response.text(), which would drop the mark of UTF-8.
  return {
    status: response.status,
    headers: response.headers,
    text: Buffer.from(await response.arrayBuffer()).toString(),
  };
}

const exportsOnRecord = async () =>
  (
    await subject.database.admin.query(
      `select action, object_id, actor_subject, door from audit.entries where action like '%.plays_exported' order by id`,
    )
  ).rows;

describe('an export of plays', () => {
  it('of a link is a table of its sessions, in which nothing begins a formula, and is on record', async () => {
    const silent = await watch(share, [{ sequence: 0, kind: 'heartbeat', watched: [[0, 9]] }], false);
    const { status, headers, text } = await exportPlays(`share_token_id=${share.id}`, 'amelia');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="plays-\d{8}T\d{6}Z\.csv"$/);
    const [header, ...rows] = text.trimEnd().split('\r\n');
    expect(header).toBe(
      '\ufeffstarted_at,last_event_at,video_title,share_label,recipient,is_played,is_measured,is_ended,watch_seconds,completion,' +
        'rebuffer_seconds,rebuffer_ratio,error_count,last_error_code,user_agent_family,session_id,share_token_id,video_id',
    );
    const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z`;
    const title = String.raw`"'=HYPERLINK\(""https://evil\.example"",""Squat""\)"`;
    expect(rows).toEqual([
      expect.stringMatching(
        new RegExp(`^${time},${time},${title},,,true,false,false,,,,,0,,Firefox,${silent},${share.id},${video.id}$`),
      ),
      expect.stringMatching(
        new RegExp(
          `^${time},${time},${title},,,true,true,false,6\\.250,0\\.5000,6\\.250,0\\.5000,1,'-2403210,Firefox,${sessionId},${share.id},${video.id}$`,
        ),
      ),
    ]);
    expect(await exportsOnRecord()).toEqual([
      { action: 'share_token.plays_exported', object_id: share.id, actor_subject: 'user_amelia_hart', door: 'api' },
    ]);
  });

  it('of a video is over all of its links, also for an admin', async () => {
    const other = await givenShare(subject.database, video);
    const another = await watch(other, [{ sequence: 0, kind: 'play' }]);
    const { status, text } = await exportPlays(`video_id=${video.id}`, 'priya');
    expect(status).toBe(200);
    expect(text).toContain(another);
    expect(text).toContain(sessionId);
    expect((await exportsOnRecord()).at(-1)).toEqual({
      action: 'video.plays_exported',
      object_id: video.id,
      actor_subject: 'user_priya_nair',
      door: 'api',
    });
  });

  it('of a link that nobody has watched is a header alone', async () => {
    const { id } = await givenShare(subject.database, video);
    const { text } = await exportPlays(`share_token_id=${id}`, 'amelia');
    expect(text.trimEnd().split('\r\n')).toHaveLength(1);
  });
});

describe('an export that is refused leaves no entry', () => {
  it.each<[string, () => string, PersonName | undefined, number, string]>([
    ['of a link of another coach', () => `share_token_id=${share.id}`, 'ben', 404, 'share.not_found'],
    ['of a video of another coach', () => `video_id=${video.id}`, 'ben', 404, 'video.not_found'],
    ['of a link that does not exist', () => `share_token_id=${randomUUID()}`, 'priya', 404, 'share.not_found'],
    ['without a session', () => `share_token_id=${share.id}`, undefined, 401, 'auth.token_missing'],
    ['by an operator', () => `video_id=${video.id}`, 'tomas', 403, 'auth.forbidden'],
    ['by an auditor', () => `video_id=${video.id}`, 'grace', 403, 'auth.forbidden'],
    ['of nothing', () => '', 'amelia', 422, 'request.invalid'],
    ['of both', () => `video_id=${video.id}&share_token_id=${share.id}`, 'amelia', 422, 'request.invalid'],
    ['of an id that is none', () => 'video_id=squat', 'amelia', 422, 'request.invalid'],
    ['with a parameter that is unknown', () => `video_id=${video.id}&format=xlsx`, 'amelia', 422, 'request.invalid'],
  ])('%s', async (_what, query, person, status, code) => {
    const before = await exportsOnRecord();
    const answer = await exportPlays(query(), person);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ code });
    expect(await exportsOnRecord()).toEqual(before);
  });
});
