import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { rotatingAddressHash } from '../../../playback/rotating-address-hash.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { linkToProve, proofRefused } from '../share-request.ts';
import { verifyCodeAnswer, verifyCodeBody, verifyCodeParams } from './schema.ts';

interface Tried {
  readonly rule: string;
  /** Null unless the code was right. */
  readonly proof_expires_at: Date | null;
}

const statement = {
  name: 'try_share_code',
  text: 'select rule, proof_expires_at from app.try_share_code($1, $2, $3, $4, $5, $6, $7)',
};

/**
 * `POST /api/share/:publicId/code/verify`: exchanges the code of a mail for a proof. SQL counts the try and compares in one statement, under
 * a lock: a code dies at its fifth try however many come at the same moment.
 */
export const verifyCodeRoute: FastifyPluginAsyncZod = async (app) => {
  const viewerHashesOf = rotatingAddressHash(app.config.addressHashKey, app.config.addressHashDays);
  app.route({
    method: 'POST',
    url: '/api/share/:publicId/code/verify',
    bodyLimit: 4_096,
    config: { limits: ['playback', 'code-verify', 'share-guess', 'share-guess-link'] },
    schema: {
      operationId: 'verifyCode',
      tags: ['playback'],
      summary: 'Prove an address to a share link with the code of a mail',
      params: verifyCodeParams,
      body: verifyCodeBody,
      response: {
        200: verifyCodeAnswer,
        ...documentedProblems(
          'share.unavailable',
          'share.code_wrong',
          'request.invalid',
          'request.too_large',
          'request.throttled',
        ),
      },
    },
    handler: async (request) => {
      const { secret, sessionId, email, code } = request.body;
      const link = linkToProve(app, 'code', request.params.publicId, secret);
      const [tried] = await app.database.query<Tried>(statement, [
        link.publicId,
        link.secretHash,
        email,
        app.shareProofs.codeHashOf(link, email, code),
        request.id,
        viewerHashesOf(request.ip, Date.now()).current,
        sessionId ?? null,
      ]);
      const rule = tried?.rule ?? 'proof.undecided';
      app.telemetry.shareProofs.inc({ kind: 'code', rule });
      if (tried === undefined || tried.proof_expires_at === null) {
        throw proofRefused(rule);
      }
      return {
        proof: await app.shareProofs.issue(link, { kind: 'email', email }, tried.proof_expires_at),
        expiresAt: tried.proof_expires_at.toISOString(),
      };
    },
  });
};
