import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { sql } from 'kysely';
import { withCaller } from '../../../db/caller.ts';
import { hashAddress } from '../../../playback/viewer-fingerprint.ts';
import { callerOf, factsOf } from '../../../plugins/app/identity.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { blockAddressAnswer, blockAddressBody } from './schema.ts';

interface Block {
  readonly id: string;
  readonly blocked_at: Date;
}

/**
 * `POST /api/address-blocks`: blocks an address that staff have from elsewhere, such as the log of the edge (RL-09). Only the api knows the key
 * of the hash; who may, and for how long, is decided by `api.block_address()` as the caller.
 */
export const blockAddressRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'POST',
    url: '/api/address-blocks',
    schema: {
      operationId: 'blockAddress',
      tags: ['abuse'],
      summary: 'Block an address',
      security: [{ session: [] }],
      body: blockAddressBody,
      response: {
        201: blockAddressAnswer,
        ...documentedProblems(
          'auth.token_missing',
          'auth.token_invalid',
          'auth.forbidden',
          'auth.suspended',
          'request.invalid',
          'block.already_placed',
        ),
      },
    },
    handler: async (request, reply) => {
      const { address, expiresAt, reason } = request.body;
      const hash = hashAddress(address, app.config.addressHashKey).toString('hex');
      const [block] = await withCaller(app.database, callerOf(request), factsOf(request), async (transaction) => {
        const { rows } = await sql<Block>`
          select id, blocked_at from api.block_address(${hash}, ${expiresAt}::timestamptz, ${reason})`.execute(
          transaction,
        );
        return rows;
      });
      if (block === undefined) {
        throw new TypeError('api.block_address() answered nothing.');
      }
      return reply.code(201).send({ id: block.id, address: hash, blockedAt: block.blocked_at.toISOString() });
    },
  });
};
