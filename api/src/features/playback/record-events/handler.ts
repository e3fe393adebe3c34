import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import { parseOrNothing, publicIdShape } from '../share-request.ts';
import { type PlaybackEvent, recordEventsAnswer, recordEventsBody, recordEventsParams } from './schema.ts';

interface Recorded {
  readonly accepted: number;
  readonly may_continue: boolean;
}

const statement = {
  name: 'record_playback_events',
  text: 'select accepted, may_continue from app.record_playback_events($1, $2, $3, $4)',
};

/** Fifty events with their parts; `navigator.sendBeacon` carries at most as much. */
const bodyLimit = 65_536;

const milliseconds = (seconds: number): number => Math.round(seconds * 1_000);

/** An event in the words and units of SQL. */
function toRecord(event: PlaybackEvent): Record<string, unknown> {
  return {
    sequence: event.sequence,
    kind: event.kind,
    occurred_at: event.occurredAt,
    position_ms: event.positionSeconds === undefined ? undefined : milliseconds(event.positionSeconds),
    watched_ms: event.watched.map((part) => part.map(milliseconds)),
    rebuffer_ms: milliseconds(event.rebufferSeconds),
    error_code: event.kind === 'error' ? event.errorCode : undefined,
  };
}

/**
 * `POST /api/share/:publicId/events`: what a page reports while it plays, late, twice and in any order. The first heartbeat claims a
 * view of the link; all else is kept only with the viewer's consent. The viewer session is the right to report; the secret is not needed, and a session that no decision let in is
 * answered like a link that does not work. The body is read as JSON whatever its content type, since a page that closes can only send text.
 */
export const recordEventsRoute: FastifyPluginAsyncZod = async (app) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit }, (_request, body, done) => {
    done(null, parseOrNothing(String(body)));
  });

  app.route({
    method: 'POST',
    url: '/api/share/:publicId/events',
    config: { limits: ['playback-events'] },
    schema: {
      operationId: 'recordPlaybackEvents',
      tags: ['playback'],
      summary: 'Report what was played by a share link',
      params: recordEventsParams,
      body: recordEventsBody,
      response: {
        200: recordEventsAnswer,
        ...documentedProblems('share.unavailable', 'request.invalid', 'request.too_large', 'request.throttled'),
      },
    },
    handler: async (request) => {
      const { publicId } = request.params;
      const { sessionId, consent, events } = request.body;
      if (!publicIdShape.test(publicId)) {
        throw problemOf('share.unavailable');
      }
      const [recorded] = await app.database.query<Recorded>(statement, [
        publicId,
        sessionId,
        JSON.stringify(events.map(toRecord)),
        consent,
      ]);
      if (recorded === undefined) {
        throw problemOf('share.unavailable');
      }
      return { accepted: recorded.accepted, mayContinue: recorded.may_continue };
    },
  });
};
