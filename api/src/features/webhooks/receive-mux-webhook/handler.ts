import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { sql } from 'kysely';
import { withService } from '../../../db/caller.ts';
import { verifyMuxSignature } from '../../../mux/webhook-signature.ts';
import { factsOf } from '../../../plugins/app/identity.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import { type MuxEvent, muxEvent, receiveMuxWebhookAnswer } from './schema.ts';

interface ReceivedEvent {
  id: string;
  state: string;
  is_duplicate: boolean;
}

function parseEvent(body: Buffer): MuxEvent | undefined {
  try {
    return muxEvent.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}

/**
 * `POST /api/webhooks/mux`: verify over the raw bytes, store the bytes and a fold job in one transaction, answer 2xx only after its
 * COMMIT. A bad signature changes nothing (401); a rightly signed but stale event is kept aside (202); when nothing could be stored
 * the answer is 503 and Mux tries again, for 24 hours.
 */
export const receiveMuxWebhookRoute: FastifyPluginAsyncZod = async (app) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 1_048_576 }, (_request, body, done) =>
    done(null, body),
  );

  const count = (outcome: string) => app.telemetry.webhooks.inc({ provider: 'mux', outcome });

  app.route({
    method: 'POST',
    url: '/api/webhooks/mux',
    schema: {
      operationId: 'receiveMuxWebhook',
      tags: ['webhooks'],
      summary: 'Receive an event of Mux',
      description:
        'Signed by Mux in `mux-signature`. 200 also for an event that came before; 202 for a stale one, which is kept aside.',
      response: {
        200: receiveMuxWebhookAnswer,
        202: receiveMuxWebhookAnswer,
        ...documentedProblems('webhook.signature_invalid', 'webhook.body_invalid', 'request.too_large'),
      },
    },
    handler: async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const verdict = verifyMuxSignature(body, request.headers['mux-signature'], app.config.mux.webhookSecrets);
      if (verdict.kind === 'refused') {
        count(`signature_${verdict.reason}`);
        request.log.warn({ reason: verdict.reason }, 'webhook refused');
        throw problemOf('webhook.signature_invalid');
      }
      const event = parseEvent(body);
      if (event === undefined) {
        count('unreadable');
        throw problemOf('webhook.body_invalid');
      }

      const stale = verdict.kind === 'stale';
      try {
        await app.jobs.ready();
        const received = await withService(app.database, factsOf(request), async (transaction) => {
          const { rows } = await sql<ReceivedEvent>`
            select id, state, is_duplicate
            from app.receive_webhook('mux', ${event.id}, ${event.type}, ${event.object?.id || null}, ${body}, ${verdict.signedAt},
                                     ${stale})`.execute(transaction);
          const row = rows[0];
          if (row?.state === 'received' && !row.is_duplicate) {
            await app.jobs.enqueueFold(transaction, { webhookEventId: row.id });
          }
          return row;
        });
        const quarantined = received?.state === 'quarantined';
        count(quarantined ? 'quarantined' : received?.is_duplicate === true ? 'duplicate' : 'accepted');
        reply.code(quarantined ? 202 : 200);
        return { received: true as const };
      } catch (error) {
        count('not_stored');
        // Whatever went wrong, the event is not stored: 503 asks Mux to bring it again.
        throw problemOf('service.unavailable', { cause: error });
      }
    },
  });
};
