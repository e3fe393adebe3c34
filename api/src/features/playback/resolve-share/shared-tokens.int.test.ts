import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenShare, type GivenVideo, givenShare, givenVideo } from '../../../../test/fixtures.ts';
import { type IntegrationApp, startIntegrationApp } from '../../../../test/integration-app.ts';

let subject: IntegrationApp;
let video: GivenVideo;
let share: GivenShare;
beforeAll(async () => {
  subject = await startIntegrationApp();
  video = await givenVideo(subject.database);
  share = await givenShare(subject.database, video);
});
afterAll(() => subject.close());

async function resolve({ publicId, secret }: GivenShare) {
  const response = await fetch(`${subject.origin}/api/share/${publicId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret }),
  });
  const json = (await response.json()) as { playbackUrl?: string; expiresAt?: string; sessionId?: string };
  return { status: response.status, ...json };
}
const rows = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await subject.database.admin.query<Row>(text, values)).rows;

describe('viewers of the same video at the same time', () => {
  it('share a signature, and each is decided and recorded alone', async () => {
    const other = await givenShare(subject.database, video);
    const answers = [await resolve(share), await resolve(share), await resolve(other)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ playbackUrl }) => playbackUrl)).size).toBe(1);
    expect(new Set(answers.map(({ sessionId }) => sessionId)).size).toBe(3);
    const decisions = await rows<{ ends: Date; count: number }>(
      `select min(token_expires_at) as ends, count(*)::int from app.playback_decisions where video_id = $1 and allowed`,
      [video.id],
    );
    expect(decisions[0]?.count).toBe(3);
    // No token outlives what was recorded of the request that it answered.
    expect(Date.parse(answers[0]?.expiresAt ?? '')).toBeLessThanOrEqual(decisions[0]?.ends.getTime() ?? 0);
  });

  it('have no part in it once their link is revoked, however fresh the signature is', async () => {
    const revoked = await givenShare(subject.database, video);
    expect((await resolve(revoked)).status).toBe(200);
    await rows(
      `update app.share_tokens set revoked_at = now(), revoked_by = created_by, revoke_reason = 'Left the club' where id = $1`,
      [revoked.id],
    );
    const refused = await resolve(revoked);
    expect(refused).toMatchObject({ status: 403, code: 'share.unavailable' });
    expect(refused).not.toHaveProperty('playbackUrl');
    expect((await resolve(share)).status).toBe(200);
  });

  it('cost the database one statement each', async () => {
    await rows('create extension if not exists pg_stat_statements');
    await resolve(share);
    await rows('select pg_stat_statements_reset()');
    const resolutions = 25;
    for (let turn = 0; turn < resolutions; turn += 1) expect((await resolve(share)).status).toBe(200);
    const statements = await rows<{ query: string; calls: number }>(
      `select s.query, s.calls::int from pg_stat_statements s join pg_roles r on r.oid = s.userid
       where s.dbid = (select oid from pg_database where datname = current_database()) and r.rolname = 'mm_service' and s.toplevel
         and s.query ilike '%playback%'`,
    );
    expect(statements).toEqual([{ query: expect.stringContaining('app.decide_playback('), calls: resolutions }]);
    const others = await rows<{ query: string }>(
      `select s.query from pg_stat_statements s join pg_roles r on r.oid = s.userid
       where s.dbid = (select oid from pg_database where datname = current_database()) and r.rolname = 'mm_service' and s.toplevel
         and s.calls >= $1 and s.query not ilike '%decide_playback%'`,
      [resolutions],
    );
    expect(others).toEqual([]);
  });
});
