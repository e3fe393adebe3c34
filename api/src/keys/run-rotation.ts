import type { KeyObject } from 'node:crypto';
import type Mux from '@mux/mux-node';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import { takeRotationStep } from '../playback/rotate-signing-key.ts';
import type { ProviderName } from '../webhooks/delivery.ts';
import { type SecretRotation, takeSecretStep } from '../webhooks/rotate-webhook-secret.ts';
import { configuredSecrets } from '../webhooks/webhook-secrets.ts';
import type { RotationStep } from './rotation-step.ts';

/** What rotates, and whose webhooks a secret is for. */
export const webhookRotations = {
  'mux-webhook': 'mux',
  'clerk-webhook': 'clerk',
  'resend-webhook': 'resend',
} as const satisfies Record<string, ProviderName>;
export type WebhookRotation = keyof typeof webhookRotations;
export type RotationName = 'mux-signing' | WebhookRotation;

export const isWebhookRotation = (name: string): name is WebhookRotation => Object.hasOwn(webhookRotations, name);

const alertStatement = {
  name: 'raise_rotation_alert',
  text: `select app.raise_alert('keys.rotation.failed', 'critical', $1, $2::jsonb, 'docs/runbooks/rotate-mux-keys.md')`,
};
const clearStatement = { name: 'clear_rotation_alert', text: `select app.clear_alert('keys.rotation.failed')` };

export interface RotationTools {
  readonly database: Pick<Database, 'query'>;
  readonly mux: Mux;
  readonly config: Pick<Config, 'mux' | 'webhooks'>;
  readonly encryptionKey: KeyObject;
}

function takeStep(
  { database, mux, config, encryptionKey }: RotationTools,
  name: RotationName,
  asked: SecretRotation,
): Promise<RotationStep | undefined> {
  if (isWebhookRotation(name)) {
    const provider = webhookRotations[name];
    const configured = configuredSecrets(config)[provider] ?? [];
    return takeSecretStep({ database, encryptionKey, provider, configured }, asked);
  }
  const { signingKeyId: id, signingKey: privateKey } = config.mux;
  return takeRotationStep({ database, mux, encryptionKey, configured: { id, privateKey } });
}

/**
 * Takes the steps of a rotation until one has to wait, or none is left, and tells each. What goes wrong raises the alert
 * `keys.rotation.failed`; a run that goes well clears it.
 * @returns the last step: `waits`, `unused` or `deleted`; undefined when there was nothing to do
 * @throws what refused a step; the next run takes it again.
 */
export async function runRotation(
  tools: RotationTools,
  name: RotationName,
  asked: SecretRotation,
  tell: (step: RotationStep) => void,
): Promise<RotationStep | undefined> {
  try {
    for (;;) {
      const taken = await takeStep(tools, name, asked);
      if (taken !== undefined) {
        tell(taken);
      }
      if (taken === undefined || taken.step === 'deleted' || taken.step === 'waits' || taken.step === 'unused') {
        await tools.database.query(clearStatement, []);
        return taken;
      }
    }
  } catch (error) {
    const details = JSON.stringify({ error: error instanceof Error ? error.message : String(error) });
    // Without the database the alert cannot be raised either; whoever asked is told.
    await tools.database.query(alertStatement, [`The rotation of ${name} failed.`, details]).catch(() => undefined);
    throw error;
  }
}
