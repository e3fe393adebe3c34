import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { APIError } from '@mux/mux-node';
import { sql } from 'kysely';
import { withCaller } from '../../../db/caller.ts';
import { serviceWithFacts } from '../../../db/service-with-facts.ts';
import type { RotationStep } from '../../../keys/rotation-step.ts';
import { isWebhookRotation, runRotation, webhookRotations } from '../../../keys/run-rotation.ts';
import { callerOf, factsOf } from '../../../plugins/app/identity.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import { isSecretRotating } from '../../../webhooks/rotate-webhook-secret.ts';
import { secretKeyOf } from '../../../webhooks/secret-text.ts';
import { configuredSecrets } from '../../../webhooks/webhook-secrets.ts';
import { type RotateKeyBody, rotateKeyAnswer, rotateKeyBody } from './schema.ts';

const wrongSecret = (detail: string) =>
  problemOf('request.invalid', { errors: [{ pointer: '#/secret', code: 'field.invalid', detail }] });

/** The decoded secret of the body. @throws when it belongs to no provider, or is for a key that Mux makes. */
function secretOf({ rotation, secret }: Pick<RotateKeyBody, 'rotation' | 'secret'>): Buffer | undefined {
  if (secret === undefined) {
    return undefined;
  }
  if (!isWebhookRotation(rotation)) {
    throw wrongSecret('Mux makes the signing key itself.');
  }
  const key = secretKeyOf(webhookRotations[rotation], secret);
  if (key === undefined) {
    throw wrongSecret('This is no secret as the provider shows it.');
  }
  return key;
}

/**
 * `POST /api/keys/rotations`: begins the rotation of a key or goes on with it (SH-17, UP-11). Who asks and why is recorded, with a fresh
 * confirmation, before the first step; each step is an entry of its own under the same request. It never answers a secret.
 */
export const rotateKeyRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'POST',
    url: '/api/keys/rotations',
    schema: {
      operationId: 'rotateKey',
      tags: ['keys'],
      summary: 'Begin or continue the rotation of a signing key or webhook secret',
      security: [{ session: [] }],
      body: rotateKeyBody,
      response: {
        200: rotateKeyAnswer,
        ...documentedProblems(
          'auth.token_missing',
          'auth.token_invalid',
          'auth.forbidden',
          'auth.suspended',
          'auth.step_up_required',
          'request.invalid',
          'key.no_store',
          'key.in_the_way',
          'key.not_found',
          'key.vendor_refused',
        ),
      },
    },
    handler: async (request) => {
      const { body } = request;
      const { keyEncryptionKey: encryptionKey } = app.config.mux;
      const [caller, facts] = [callerOf(request), factsOf(request)];
      const secret = secretOf(body);
      const database = serviceWithFacts(app.database, facts);
      const isConfigured =
        !isWebhookRotation(body.rotation) ||
        configuredSecrets(app.config)[webhookRotations[body.rotation]] !== undefined;
      const goesOn =
        !isWebhookRotation(body.rotation) ||
        secret !== undefined ||
        (await isSecretRotating(app.database, webhookRotations[body.rotation]));
      await withCaller(app.database, caller, facts, async (transaction) => {
        await sql`select api.ask_key_rotation(${body.rotation}, ${body.reason}, ${body.hasLeaked})`.execute(
          transaction,
        );
        // Told only to whoever may rotate; what is thrown here leaves their confirmation unused.
        if (encryptionKey === undefined) {
          throw problemOf('key.no_store');
        }
        if (!isConfigured) {
          throw problemOf('key.not_found', { detail: 'This provider is not configured: it has no secret to rotate.' });
        }
        if (!goesOn) {
          throw wrongSecret('No rotation is under way: enter the new secret.');
        }
      });
      if (encryptionKey === undefined) {
        throw problemOf('key.no_store');
      }
      const steps: RotationStep[] = [];
      const tools = { database, mux: app.mux, config: app.config, encryptionKey };
      try {
        await runRotation(tools, body.rotation, { secret, hasLeaked: body.hasLeaked }, (step) => steps.push(step));
        await app.webhookSecrets.look();
      } catch (error) {
        throw error instanceof APIError ? problemOf('key.vendor_refused', { cause: error }) : error;
      }
      return { steps };
    },
  });
};
