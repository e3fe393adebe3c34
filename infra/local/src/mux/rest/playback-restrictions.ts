import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { restrictionBody } from '../bodies.ts';
import { notFound } from '../errors.ts';
import { type PlaybackRestriction, referrerRestriction, userAgentRestriction } from '../store/playback-restrictions.ts';
import type { DoubleContext } from './context.ts';
import { pageQuery, parse } from './validation.ts';

const createBody = z.strictObject({
  referrer: referrerRestriction,
  user_agent: userAgentRestriction.prefault({}),
});
const idParams = z.object({ id: z.string() });

/** Playback restrictions. Source: https://www.mux.com/docs/api-reference/video/playback-restrictions. */
export function playbackRestrictionRoutes(app: FastifyInstance, { store, clock }: DoubleContext): void {
  const path = '/video/v1/playback-restrictions';
  const found = (restriction: PlaybackRestriction | undefined): PlaybackRestriction => {
    if (restriction === undefined) throw notFound();
    return restriction;
  };

  app.post(path, async (request, reply) => {
    const body = parse(createBody, request.body);
    const restriction = store.restrictions.create(body.referrer, body.user_agent, clock.now());
    return reply.code(201).send({ data: restrictionBody(restriction) });
  });

  app.get(path, async (request) => {
    const { page, limit } = parse(pageQuery, request.query);
    return { data: store.restrictions.list(limit, (page - 1) * limit).map(restrictionBody) };
  });

  app.get(`${path}/:id`, async (request) => ({
    data: restrictionBody(found(store.restrictions.find(parse(idParams, request.params).id))),
  }));

  app.put(`${path}/:id/referrer`, async (request) => {
    const { id } = parse(idParams, request.params);
    const referrer = parse(referrerRestriction, request.body);
    return { data: restrictionBody(found(store.restrictions.update(id, { referrer }, clock.now()))) };
  });

  app.put(`${path}/:id/user_agent`, async (request) => {
    const { id } = parse(idParams, request.params);
    const userAgent = parse(userAgentRestriction, request.body);
    return { data: restrictionBody(found(store.restrictions.update(id, { userAgent }, clock.now()))) };
  });

  app.delete(`${path}/:id`, async (request, reply) => {
    const { id } = found(store.restrictions.find(parse(idParams, request.params).id));
    store.restrictions.remove(id);
    return reply.code(204).send();
  });
}
