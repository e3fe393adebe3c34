import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { rotatingAddressHash } from '../../../playback/rotating-address-hash.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { linkToProve, proofRefused } from '../share-request.ts';
import { requestCodeAnswer, requestCodeBody, requestCodeParams } from './schema.ts';

interface Asked {
  readonly rule: string;
  readonly expires_at: Date | null;
  readonly retry_after_seconds: number | null;
}

const statement = {
  name: 'ask_share_code',
  text: 'select rule, expires_at, retry_after_seconds from app.ask_share_code($1, $2, $3, $4, $5, $6, $7, $8)',
};

/** `ann@club.example` → `a***@club.example`: enough to notice a wrong letter, nothing that the asker did not write. */
function masked(email: string): string {
  const at = email.lastIndexOf('@');
  return `${[...email].slice(0, 1).join('')}***${email.slice(at)}`;
}

/**
 * `POST /api/share/:publicId/code`: mails a code to an address, if the link is for it. Answer, rows and job are the same when it is not, so
 * that nobody learns for whom a link is. The mail is sent by the worker, which derives the code from the id of its row.
 */
export const requestCodeRoute: FastifyPluginAsyncZod = async (app) => {
  const viewerHashesOf = rotatingAddressHash(app.config.addressHashKey, app.config.addressHashDays);
  app.route({
    method: 'POST',
    url: '/api/share/:publicId/code',
    bodyLimit: 4_096,
    config: { limits: ['playback', 'code-request', 'share-guess', 'share-guess-link'] },
    schema: {
      operationId: 'requestCode',
      tags: ['playback'],
      summary: 'Ask for a code by e-mail, to prove an address to a share link',
      description: 'One code a minute for a link and address, five an hour. A new code ends the one before.',
      params: requestCodeParams,
      body: requestCodeBody,
      response: {
        202: requestCodeAnswer,
        ...documentedProblems(
          'share.unavailable',
          'share.throttled',
          'request.invalid',
          'request.too_large',
          'request.throttled',
        ),
      },
    },
    handler: async (request, reply) => {
      const { secret, sessionId, email } = request.body;
      const link = linkToProve(app, 'code_request', request.params.publicId, secret);
      // The queue that the transaction below puts its job into.
      await app.jobs.ready();
      const challengeId = randomUUID();
      const [asked] = await app.database.query<Asked>(statement, [
        link.publicId,
        link.secretHash,
        email,
        challengeId,
        app.shareProofs.codeHashOf(link, email, app.shareProofs.codeOf(challengeId)),
        request.id,
        viewerHashesOf(request.ip, Date.now()).current,
        sessionId ?? null,
      ]);
      const rule = asked?.rule ?? 'proof.undecided';
      app.telemetry.shareProofs.inc({ kind: 'code_request', rule });
      if (asked === undefined || asked.expires_at === null || asked.retry_after_seconds === null) {
        throw proofRefused(rule, asked?.retry_after_seconds);
      }
      return reply.code(202).send({
        sentTo: masked(email),
        expiresAt: asked.expires_at.toISOString(),
        retryAfterSeconds: asked.retry_after_seconds,
      });
    },
  });
};
