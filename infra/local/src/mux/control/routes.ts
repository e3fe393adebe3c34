import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { notFound } from '../errors.ts';
import type { OpenWrites } from '../ingest/open-writes.ts';
import type { DoubleContext } from '../rest/context.ts';
import { parse } from '../rest/validation.ts';
import type { WebhookControls } from '../webhooks/controls.ts';
import type { WebhookDispatcher } from '../webhooks/dispatcher.ts';
import { type FaultRules, faultRule } from './fault-rules.ts';

const webhookSettings = z.strictObject({
  delayMs: z.int().min(0).max(3_600_000).optional(),
  dropNext: z.int().min(0).max(1_000_000).optional(),
  duplicate: z.int().min(0).max(100).optional(),
  reorder: z
    .int()
    .max(10_000)
    .refine((count) => count === 0 || count >= 2, 'must be 0 (off) or the number of events to collect, at least 2')
    .optional(),
  hold: z.boolean().optional(),
  release: z.enum(['forward', 'reversed']).optional(),
});
const webhookLogQuery = z.object({ limit: z.coerce.number().int().min(1).max(10_000).default(1000) });
const webhookSecret = z.strictObject({ secret: z.string().min(16).max(255) });
const transcodingSettings = z.strictObject({ paused: z.boolean() });
const clockSettings = z.strictObject({ tokenOffsetSeconds: z.number().min(-1e9).max(1e9) });
const ageSettings = z.strictObject({ seconds: z.number().min(0).max(1e9) });
const resetSettings = z.strictObject({ content: z.boolean().default(false) });
const idParams = z.object({ id: z.string() });

export interface ControlParts {
  readonly context: DoubleContext;
  readonly controls: WebhookControls;
  readonly dispatcher: WebhookDispatcher;
  readonly faults: FaultRules;
  readonly writes: OpenWrites;
}

/** What tests steer the double with. Nothing of it exists at the vendor; README.md describes each route. */
export async function controlRoutes(app: FastifyInstance, parts: ControlParts): Promise<void> {
  const { context, controls, dispatcher, faults, writes } = parts;
  const { store, lifecycle, queue, clock, files } = context;

  app.post('/control/webhooks', async (request) => {
    const { release, ...settings } = parse(webhookSettings, request.body);
    controls.set(Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)));
    // What was collected must not be lost when collecting ends.
    const ends = settings.hold === false || settings.reorder === 0;
    if (release !== undefined || ends) dispatcher.sendInOrder(controls.release(release ?? 'forward'));
    dispatcher.wake();
    return { data: { ...controls.faults, held: controls.heldIds } };
  });

  app.get('/control/webhooks', async (request) => {
    const { limit } = parse(webhookLogQuery, request.query);
    return {
      data: {
        settings: controls.faults,
        held: controls.heldIds,
        events: store.events.recent(limit).map(({ body, createdAt, nextAttemptAt, ...event }) => ({
          ...event,
          createdAt: new Date(createdAt).toISOString(),
          nextAttemptAt:
            event.state === 'pending' && nextAttemptAt < 8.64e15 ? new Date(nextAttemptAt).toISOString() : null,
        })),
        deliveries: store.events.deliveries(limit),
      },
    };
  });

  app.get('/control/webhooks/:id', async (request) => {
    const event = store.events.find(parse(idParams, request.params).id);
    if (event === undefined) throw notFound();
    return { data: JSON.parse(event.body) };
  });

  app.post('/control/webhook-secret', async (request, reply) => {
    dispatcher.signWith(parse(webhookSecret, request.body).secret);
    return reply.code(204).send();
  });

  app.post('/control/webhooks/:id/redeliver', async (request) => {
    const result = await dispatcher.redeliver(parse(idParams, request.params).id);
    if (result === undefined) throw notFound();
    return { data: result };
  });

  app.post('/control/faults', async (request, reply) => {
    return reply.code(201).send({ data: faults.add(parse(faultRule, request.body)) });
  });

  app.get('/control/faults', async () => ({ data: faults.active }));

  app.delete('/control/faults', async (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });

  app.post('/control/uploads/:id/expire', async (request) => {
    const { id } = parse(idParams, request.params);
    if (store.uploads.find(id) === undefined) throw notFound();
    store.uploads.endTime(id, clock.now());
    lifecycle.expireUploads();
    return { data: { id, status: store.uploads.find(id)?.status } };
  });

  app.post('/control/assets/:id/age', async (request) => {
    const { id } = parse(idParams, request.params);
    const { seconds } = parse(ageSettings, request.body);
    if (store.assets.find(id) === undefined) throw notFound();
    const createdAt = clock.now() - seconds * 1000;
    store.assets.setCreatedAt(id, createdAt);
    return { data: { id, createdAt: new Date(createdAt).toISOString() } };
  });

  app.post('/control/transcoding', async (request) => {
    queue.setPaused(parse(transcodingSettings, request.body).paused);
    return { data: queue.state };
  });

  app.post('/control/clock', async (request) => {
    clock.setTokenOffset(parse(clockSettings, request.body).tokenOffsetSeconds);
    return { data: { tokenOffsetSeconds: clock.tokenOffsetSeconds } };
  });

  app.get('/control/state', async () => ({
    data: {
      ...store.counts(),
      events: store.events.counts(),
      webhooksInFlight: dispatcher.inFlight,
      transcoding: queue.state,
      faults: faults.active.length,
      tokenOffsetSeconds: clock.tokenOffsetSeconds,
    },
  }));

  app.post('/control/reset', async (request) => {
    const { content } = parse(resetSettings, request.body ?? {});
    faults.clear();
    clock.setTokenOffset(0);
    const held = controls.reset();
    if (content) {
      await writes.stopAll();
      await queue.clear();
      store.wipeContent();
      await files.sweep({ uploadIds: new Set(), assetIds: new Set() });
    } else {
      dispatcher.sendInOrder(held);
    }
    queue.setPaused(false);
    return { data: store.counts() };
  });
}
