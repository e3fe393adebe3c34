import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { arrangeShare, arrangeVideo, decide, only } from '../src/arrange.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database?.close());

const check = async () =>
  only(
    await database.service.query<{ checked: number; active: string[] }>(
      'select checked::integer, active from app.check_dead_links()',
    ),
  );
const openAlerts = async () =>
  (await database.admin.query(`select key, severity from app.alerts where state <> 'resolved'`)).rows;

/** A link that somebody has just watched with. */
async function watched(): Promise<string> {
  const share = await arrangeShare(database, 'amelia', (await arrangeVideo(database, 'amelia')).videoId);
  expect(await decide(database, share.publicId, share.secret)).toMatchObject({ allowed: true });
  return share.id;
}

/** As only a broken rule could: with triggers off. */
async function rewrite(statement: string, id: string): Promise<void> {
  const client = await database.admin.connect();
  try {
    await client.query('begin; set local session_replication_role = replica');
    await client.query(statement, [id]);
    await client.query('commit');
  } finally {
    client.release();
  }
}

describe('the daily proof that no dead link is active (SH-14)', () => {
  test('a link that was revoked after it was watched with is no finding', async () => {
    const id = await watched();
    await rewrite(
      `update app.share_tokens set revoked_at = clock_timestamp(), revoked_by = coach_id, revoke_reason = 'Sent wrongly' where id = $1`,
      id,
    );
    expect(await check()).toEqual({ checked: 1, active: [] });
    expect(await openAlerts()).toEqual([]);
  });

  test.each([
    [
      'let somebody in after it was revoked',
      `update app.share_tokens set revoked_at = now() - interval '1 hour', revoked_by = coach_id, revoke_reason = 'Sent wrongly' where id = $1`,
    ],
    [
      'let somebody in after its end',
      `update app.share_tokens set created_at = now() - interval '8 days', starts_at = null, expires_at = now() - interval '1 day' where id = $1`,
    ],
    [
      'was given a token that outlives it',
      `update app.playback_decisions set token_expires_at = now() + interval '30 days' where share_token_id = $1`,
    ],
  ])('one that %s is found and alerted as critical, until no such decision is left', async (_case, breakage) => {
    const id = await watched();
    await watched();
    await rewrite(breakage, id);
    expect(await check()).toEqual({ checked: 2, active: [id] });
    expect(await openAlerts()).toEqual([{ key: 'share.dead_link_active', severity: 'critical' }]);
    await rewrite('delete from app.playback_decisions where share_token_id = $1', id);
    expect(await check()).toEqual({ checked: 1, active: [] });
    expect(await openAlerts()).toEqual([]);
  });
});
