import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { arrangeShare, arrangeShareInTime, arrangeVideo, decide, only, type Upload } from '../src/arrange.ts';
import { createTestDatabase, type PersonaName, type TestDatabase } from '../src/index.ts';
import { refusalOf } from '../src/refusal.ts';

let database: TestDatabase;
let video: Upload;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  video = await arrangeVideo(database, 'amelia');
});
afterAll(() => database?.close());

type Restored = { id: string; public_id: string; secret: string; expires_at: Date; restores_id: string };

const restore = (who: PersonaName, id: string) =>
  database.asUser(
    who,
    async (client) =>
      only(await client.query<Restored>(`select * from api.restore_share_token($1, 'It was the right club')`, [id])),
    { keep: true },
  );
const revoke = (id: string) =>
  database.asUser('amelia', (client) => client.query(`select api.revoke_share_token($1, 'Wrong club')`, [id]), {
    keep: true,
  });

describe('a restored link', () => {
  test('is a new one with the old options, and the old secret stays dead', async () => {
    const old = await arrangeShare(database, 'amelia', video.videoId, {
      label: 'For the club',
      note: 'Asked by phone',
      max_views: 3,
      recipients: ['ann@club.example', '@club.example'],
      embed_origins: ['https://club.example'],
      sign_in_required: true,
    });
    await revoke(old.id);
    const fresh = await restore('priya', old.id);
    expect([fresh.id, fresh.public_id, fresh.secret]).not.toContain(old.secret);
    expect(fresh.restores_id).toBe(old.id);
    const options = async (id: string) =>
      only(
        await database.admin.query(
          `select label, note, max_views, sign_in_required, recipients_only, has_passphrase, embed_origins, video_id, coach_id,
                  (select array_agg(r.value order by 1) from app.share_recipients r where r.share_token_id = t.id) as recipients
           from app.share_tokens t where id = $1`,
          [id],
        ),
      );
    expect(await options(fresh.id)).toEqual(await options(old.id));
    expect((await decide(database, old.publicId, old.secret)).rule).toBe('play.revoked');
    expect((await decide(database, fresh.public_id, old.secret)).rule).toBe('play.wrong_secret');
    expect((await decide(database, fresh.public_id, fresh.secret)).rule).toBe('play.sign_in_needed');
  });

  test('plays, and its entry in the audit log says why', async () => {
    const old = await arrangeShare(database, 'amelia', video.videoId);
    await revoke(old.id);
    const fresh = await restore('amelia', old.id);
    expect((await decide(database, fresh.public_id, fresh.secret)).rule).toBe('play.allowed');
    const { rows } = await database.admin.query(
      `select action, reason, after ->> 'restores_id' as restores from audit.entries where object_id = $1`,
      [fresh.id],
    );
    expect(rows).toEqual([{ action: 'share_token.restored', reason: 'It was the right club', restores: old.id }]);
  });

  test('is made of one that has expired too, and of none that lives', async () => {
    const expired = await arrangeShareInTime(database, video, { madeHoursAgo: 30, lifeHours: 24 });
    expect((await restore('amelia', expired.id)).restores_id).toBe(expired.id);
    const live = await arrangeShare(database, 'amelia', video.videoId);
    expect(await refusalOf(restore('amelia', live.id))).toMatchObject({ status: 409, code: 'share.not_ended' });
    expect(await refusalOf(restore('ben', live.id))).toMatchObject({ status: 404, code: 'share.not_found' });
  });

  test('of two who restore at the same moment one does, and the other is told so', async () => {
    const old = await arrangeShare(database, 'amelia', video.videoId);
    await revoke(old.id);
    const results = await Promise.allSettled([restore('amelia', old.id), restore('priya', old.id)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const failed = results.find((result) => result.status === 'rejected');
    expect(await refusalOf(Promise.reject(failed?.reason))).toMatchObject({ code: 'share.already_restored' });
  });
});
