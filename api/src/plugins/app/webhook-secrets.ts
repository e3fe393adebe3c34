import fp from 'fastify-plugin';
import { repeat } from '../../jobs/repeating-task.ts';
import { configuredSecrets, WebhookSecrets } from '../../webhooks/webhook-secrets.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly webhookSecrets: WebhookSecrets;
  }
}

/** Milliseconds between two looks whether a webhook secret was added or deleted. */
const lookPauseMs = 5_000;

/** What webhooks may be signed with: `app.webhookSecrets`. */
export const webhookSecretsPlugin = fp(
  async (app) => {
    const { keyEncryptionKey } = app.config.mux;
    const report = (error: unknown) =>
      app.log.error({ err: error }, 'the webhook secrets could not be read or noted; those known before are used');
    const secrets = new WebhookSecrets(configuredSecrets(app.config), app.database, keyEncryptionKey, report);
    app.decorate('webhookSecrets', secrets);
    if (keyEncryptionKey !== undefined) {
      const looking = repeat(() => secrets.look(), lookPauseMs, report);
      app.addHook('onClose', async () => {
        await looking.stop();
        await secrets.settle();
      });
    }
  },
  { name: 'webhook-secrets', dependencies: ['configuration', 'database'] },
);
