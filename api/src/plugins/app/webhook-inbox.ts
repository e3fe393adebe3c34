import fp from 'fastify-plugin';
import type { Delivery, ProviderName, Stored } from '../../webhooks/delivery.ts';
import { GroupCommit } from '../../webhooks/group-commit.ts';
import { RefusalCounter } from '../../webhooks/refusal-counter.ts';
import type { RefusalReason } from '../../webhooks/signature.ts';
import { storeDeliveries } from '../../webhooks/store-deliveries.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly inbox: {
      /** Stores a delivery; resolves only after its COMMIT. */
      readonly receive: (delivery: Delivery) => Promise<Stored>;
      readonly countRefusal: (provider: ProviderName, reason: RefusalReason) => void;
      /** Resolves when nothing waits to be stored or counted. */
      readonly settle: () => Promise<void>;
    };
  }
}

const mebibyte = 1_048_576;

/** The webhook inbox as `app.inbox`: deliveries that come at the same time are committed together. */
export const webhookInboxPlugin = fp(
  async (app) => {
    const writer = new GroupCommit<Delivery, Stored>({
      store: async (deliveries) => {
        await app.jobs.ready();
        return storeDeliveries(app.database, deliveries);
      },
      bytesOf: ({ body }) => body.length,
      gatherMs: 2,
      maxItems: 200,
      maxBytes: 4 * mebibyte,
      maxWaitingItems: 2_000,
      maxWaitingBytes: 64 * mebibyte,
    });
    app.telemetry.observeInbox(() => writer.waiting);
    const refusals = new RefusalCounter(app.database, (error) =>
      app.log.warn({ err: error }, 'refused webhooks could not be counted in the database'),
    );
    app.decorate('inbox', {
      receive: (delivery: Delivery) => writer.add(delivery),
      countRefusal: (provider: ProviderName, reason: RefusalReason) => {
        app.telemetry.webhooks.inc({ provider, outcome: `signature_${reason}` });
        refusals.count(provider, reason);
      },
      settle: async () => {
        await writer.idle();
        await refusals.flush();
      },
    });
    // Fastify has answered every request by then; the database closes after this.
    app.addHook('onClose', async () => {
      await writer.idle();
      await refusals.close();
    });
  },
  { name: 'webhook-inbox', dependencies: ['configuration', 'database', 'job-queue', 'metrics'] },
);
