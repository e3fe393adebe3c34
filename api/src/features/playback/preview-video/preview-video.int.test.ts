import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenVideo, givenVideo } from '../../../../test/fixtures.ts';
import { type IntegrationApp, type PersonName, startIntegrationApp } from '../../../../test/integration-app.ts';
import { previewVideoAnswer } from './schema.ts';

let subject: IntegrationApp;
let video: GivenVideo;
beforeAll(async () => {
  subject = await startIntegrationApp({ environment: { PLAYBACK_TOKEN_TTL_SECONDS: '120' } });
  video = await givenVideo(subject.database);
});
afterAll(() => subject.close());

async function preview(person: PersonName, id: string) {
  const response = await fetch(`${subject.origin}/api/videos/${id}/preview`, {
    method: 'POST',
    headers: { ...(await subject.authorization(person)), 'x-request-id': `preview-${person}` },
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

const decisionsOf = async (requestId: string) => {
  const { rows } = await subject.database.admin.query(
    'select kind, allowed, rule, video_id from app.playback_decisions where request_id = $1',
    [requestId],
  );
  return rows;
};

describe('a preview', () => {
  it('is given to the owner, for as long as configured, and recorded', async () => {
    const { status, json } = await preview('amelia', video.id);
    expect(status).toBe(200);
    const answer = previewVideoAnswer.parse(json);
    const token = decodeJwt(new URL(answer.playbackUrl).searchParams.get('token') ?? '');
    expect(token).toMatchObject({ sub: video.playbackId, aud: 'v' });
    const life = (token.exp ?? 0) - Date.now() / 1000;
    expect(life).toBeGreaterThan(110);
    expect(life).toBeLessThanOrEqual(120);
    expect(answer.durationSeconds).toBe(12.5);
    expect(await decisionsOf('preview-amelia')).toEqual([
      { kind: 'preview', allowed: true, rule: 'play.allowed', video_id: video.id },
    ]);
  });

  it('of somebody else’s video by an admin leaves an audit entry that names both', async () => {
    expect((await preview('priya', video.id)).status).toBe(200);
    const { rows } = await subject.database.admin.query(
      "select actor_subject, owner_id, door from audit.entries where action = 'video.preview' and object_id = $1",
      [video.id],
    );
    expect(rows).toEqual([{ actor_subject: 'user_priya_nair', owner_id: video.coachId, door: 'api' }]);
  });

  it('is refused to another coach in the words for a video that is not there', async () => {
    const foreign = await preview('ben', video.id);
    const unknown = await preview('ben', '0198c5e2-7c1f-7d6e-9c53-0f6a3b0f9a11');
    expect(foreign).toMatchObject({ status: 404, json: { code: 'video.not_found' } });
    expect(foreign.json).toEqual(unknown.json);
  });

  it.each(['helen', 'tomas', 'grace'] as const)('is refused to staff who need no videos (%s)', async (person) => {
    expect(await preview(person, video.id)).toMatchObject({ status: 403, json: { code: 'auth.forbidden' } });
  });

  it('of a video that is still being prepared is a conflict', async () => {
    const waiting = await givenVideo(subject.database, { ready: false });
    expect(await preview('amelia', waiting.id)).toMatchObject({ status: 409, json: { code: 'video.not_ready' } });
  });

  it('is refused to somebody who has been suspended, at once', async () => {
    await subject.database.admin.query(
      "update app.profiles set suspended_at = now() where subject = 'user_ben_okafor'",
    );
    expect(await preview('ben', video.id)).toMatchObject({ status: 403, json: { code: 'auth.suspended' } });
    await subject.database.admin.query("update app.profiles set suspended_at = null where subject = 'user_ben_okafor'");
  });
});
