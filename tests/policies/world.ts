import {
  arrangeShare,
  arrangeVideo,
  type CoachName,
  decide,
  only,
  profileOf,
  type Share,
  type Upload,
} from '../src/arrange.ts';
import { type PersonaName, personas, type TestDatabase } from '../src/index.ts';
import type { RowName } from './cases.ts';

/** Ids of the rows that the cases name. */
export type World = Map<RowName, string>;

/** Both coaches have one of everything, made through the doors; strangers have asked; an event lies in the inbox. */
export async function arrangeWorld(database: TestDatabase): Promise<World> {
  const world: World = new Map();
  for (const [name, { subject }] of Object.entries(personas)) {
    world.set(`${name as PersonaName}.profile`, await profileOf(database, subject));
  }
  for (const coach of ['amelia', 'ben'] as const) await arrangeCoach(database, world, coach);
  await decide(database, 'unknownlink1', 'no secret');
  world.set(
    'stranger.refusal',
    await idOf(database, 'select id from app.playback_decisions where public_id = $1', ['unknownlink1']),
  );
  await database.service.query(
    `select app.receive_webhook('mux', 'event-1', 'video.asset.ready', 'asset-1', '{"data": {}}', now(), false)`,
  );
  world.set('inbox.event', await idOf(database, 'select id from app.webhook_events where event_id = $1', ['event-1']));
  return world;
}

async function arrangeCoach(database: TestDatabase, world: World, coach: CoachName): Promise<void> {
  const upload: Upload = await arrangeVideo(database, coach);
  const share: Share = await arrangeShare(database, coach, upload.videoId);
  const revoked: Share = await arrangeShare(database, coach, upload.videoId);
  await decide(database, share.publicId, share.secret);
  await database.asUser(
    coach,
    (client) => client.query('select api.revoke_share_token($1, $2)', [revoked.id, 'Wrong person']),
    {
      keep: true,
    },
  );
  await decide(database, revoked.publicId, revoked.secret);

  const decision = 'select id from app.playback_decisions where share_token_id = $1';
  const entry = 'select id from audit.entries where object_id = $1 and action = $2';
  world.set(`${coach}.video`, upload.videoId);
  world.set(`${coach}.upload`, upload.uploadJobId);
  world.set(`${coach}.share`, share.id);
  world.set(`${coach}.revoked share`, revoked.id);
  world.set(`${coach}.play`, await idOf(database, decision, [share.id]));
  world.set(`${coach}.refusal`, await idOf(database, decision, [revoked.id]));
  world.set(`${coach}.video created`, await idOf(database, entry, [upload.videoId, 'video.created']));
  world.set(`${coach}.share created`, await idOf(database, entry, [share.id, 'share_token.created']));
}

async function idOf(database: TestDatabase, query: string, values: string[]): Promise<string> {
  return only(await database.admin.query<{ id: string }>(query, values)).id;
}
