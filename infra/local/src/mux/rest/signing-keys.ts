import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { signingKeyBody } from '../bodies.ts';
import { notFound } from '../errors.ts';
import type { SigningKey } from '../store/signing-keys.ts';
import type { DoubleContext } from './context.ts';
import { pageQuery, parse } from './validation.ts';

const idParams = z.object({ id: z.string() });

/** Signing keys. Source: https://www.mux.com/docs/api-reference/system/signing-keys. */
export function signingKeyRoutes(app: FastifyInstance, { store, clock }: DoubleContext): void {
  const find = (params: unknown): SigningKey => {
    const key = store.signingKeys.find(parse(idParams, params).id);
    if (key === undefined) throw notFound();
    return key;
  };

  app.post('/system/v1/signing-keys', async (_request, reply) => {
    const { privateKey, ...key } = await store.signingKeys.create(clock.now());
    return reply.code(201).send({ data: { ...signingKeyBody(key), private_key: privateKey } });
  });

  app.get('/system/v1/signing-keys', async (request) => {
    const { page, limit } = parse(pageQuery, request.query);
    return { data: store.signingKeys.list(limit, (page - 1) * limit).map(signingKeyBody) };
  });

  app.get('/system/v1/signing-keys/:id', async (request) => ({ data: signingKeyBody(find(request.params)) }));

  app.delete('/system/v1/signing-keys/:id', async (request, reply) => {
    store.signingKeys.remove(find(request.params).id);
    return reply.code(204).send();
  });
}
