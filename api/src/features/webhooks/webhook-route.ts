import type { KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { crashPoint } from '../../crash-point.ts';
import { documentedProblems } from '../../problems/documented.ts';
import { problemOf } from '../../problems/problem-error.ts';
import type { Delivery, ProviderName, Stored } from '../../webhooks/delivery.ts';
import { OverloadedError } from '../../webhooks/group-commit.ts';
import type { SignatureVerdict } from '../../webhooks/signature.ts';
import { webhookAnswer } from './schema.ts';

/** What the inbox needs to know of a provider. */
export interface WebhookProvider {
  readonly name: ProviderName;
  /** As people write it: Mux. */
  readonly title: string;
  /** In which header, or headers, it signs. */
  readonly signedIn: string;
  /** Judges a delivery under one secret. */
  readonly verify: (body: Buffer, headers: IncomingHttpHeaders, secret: KeyObject) => SignatureVerdict;
  /** What the inbox keeps beside the bytes. @throws when the signed body is not one of the provider's events. */
  readonly read: (content: unknown, headers: IncomingHttpHeaders) => Pick<Delivery, 'eventId' | 'type' | 'objectId'>;
}

function outcomeOf({ state, isDuplicate }: Stored): 'quarantined' | 'duplicate' | 'accepted' {
  if (state === 'quarantined') {
    return 'quarantined';
  }
  return isDuplicate ? 'duplicate' : 'accepted';
}

/**
 * `POST /api/webhooks/<provider>`: verify over the raw bytes, store the bytes and a fold job in one transaction, answer 2xx only after its
 * COMMIT. A bad signature changes nothing (401) and is counted; a rightly signed but stale event is kept aside (202); when nothing could be
 * stored the answer is 503 and the provider brings it again, for at least a day.
 */
export const webhookRoute =
  (provider: WebhookProvider): FastifyPluginAsyncZod =>
  async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 1_048_576 }, (_request, body, done) =>
      done(null, body),
    );
    const count = (outcome: string) => app.telemetry.webhooks.inc({ provider: provider.name, outcome });
    app.telemetry.expectWebhooks(provider.name);

    app.route({
      method: 'POST',
      url: `/api/webhooks/${provider.name}`,
      config: { limits: ['webhooks-refused'] },
      schema: {
        operationId: `receive${provider.title}Webhook`,
        tags: ['webhooks'],
        summary: `Receive an event of ${provider.title}`,
        description: `Signed by ${provider.title} in ${provider.signedIn}. 200 also for an event that came before; 202 for a stale one, which is kept aside.`,
        response: {
          200: webhookAnswer,
          202: webhookAnswer,
          ...documentedProblems(
            'webhook.signature_invalid',
            'webhook.body_invalid',
            'request.too_large',
            'request.throttled',
          ),
        },
      },
      handler: async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const verdict = await app.webhookSecrets
          .verify(provider.name, (secret) => provider.verify(body, request.headers, secret))
          .catch((error: unknown) => {
            count('not_stored');
            throw problemOf('service.unavailable', { cause: error });
          });
        if (verdict.kind === 'refused') {
          app.inbox.countRefusal(provider.name, verdict.reason);
          request.log.warn({ provider: provider.name, reason: verdict.reason }, 'webhook refused');
          throw problemOf('webhook.signature_invalid');
        }
        let event: Pick<Delivery, 'eventId' | 'type' | 'objectId'>;
        try {
          event = provider.read(JSON.parse(body.toString('utf8')), request.headers);
        } catch {
          count('unreadable');
          throw problemOf('webhook.body_invalid');
        }

        crashPoint('webhook.verified');
        const { signedAt, kind } = verdict;
        try {
          const stored = await app.inbox.receive({
            ...event,
            provider: provider.name,
            body,
            signedAt,
            stale: kind === 'stale',
          });
          crashPoint('webhook.stored');
          const outcome = outcomeOf(stored);
          count(outcome);
          request.log.debug({ provider: provider.name, eventId: event.eventId, outcome }, 'webhook stored');
          reply.code(outcome === 'quarantined' ? 202 : 200);
          return { received: true as const };
        } catch (error) {
          count(error instanceof OverloadedError ? 'overloaded' : 'not_stored');
          // Whatever went wrong, the event is not known to be stored: 503 asks the provider to bring it again.
          throw problemOf('service.unavailable', { cause: error });
        }
      },
    });
  };
