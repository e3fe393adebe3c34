import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { fitsPassphrase } from '../../../playback/passphrase.ts';
import { rotatingAddressHash } from '../../../playback/rotating-address-hash.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { linkToProve, proofRefused } from '../share-request.ts';
import { provePassphraseAnswer, provePassphraseBody, provePassphraseParams } from './schema.ts';

interface Try {
  readonly attempt_id: string;
  readonly rule: string;
  /** Null unless the link opens with this secret, asks for a passphrase, and may be tried. */
  readonly passphrase_hash: string | null;
  readonly proof_expires_at: Date | null;
  readonly retry_after_seconds: number | null;
}

const tryStatement = {
  name: 'try_passphrase',
  text: `select attempt_id, rule, passphrase_hash, proof_expires_at, retry_after_seconds
         from app.try_passphrase($1, $2, $3, $4, $5)`,
};
const settleStatement = { name: 'settle_passphrase', text: 'select app.settle_passphrase($1) as settled' };

/**
 * `POST /api/share/:publicId/passphrase`: exchanges the passphrase of a link for a proof. The try is counted before it is looked at, so that
 * tries at the same moment cannot pass for one; a dead link makes nobody compute anything.
 */
export const provePassphraseRoute: FastifyPluginAsyncZod = async (app) => {
  const viewerHashesOf = rotatingAddressHash(app.config.addressHashKey, app.config.addressHashDays);
  app.route({
    method: 'POST',
    url: '/api/share/:publicId/passphrase',
    bodyLimit: 4_096,
    config: { limits: ['playback', 'passphrase', 'passphrase-link', 'share-guess', 'share-guess-link'] },
    schema: {
      operationId: 'provePassphrase',
      tags: ['playback'],
      summary: 'Prove the passphrase of a share link',
      params: provePassphraseParams,
      body: provePassphraseBody,
      response: {
        200: provePassphraseAnswer,
        ...documentedProblems(
          'share.unavailable',
          'share.passphrase_wrong',
          'share.throttled',
          'request.invalid',
          'request.too_large',
          'request.throttled',
        ),
      },
    },
    handler: async (request) => {
      const { secret, sessionId, passphrase } = request.body;
      const link = linkToProve(app, 'passphrase', request.params.publicId, secret);
      const [begun] = await app.database.query<Try>(tryStatement, [
        link.publicId,
        link.secretHash,
        request.id,
        viewerHashesOf(request.ip, Date.now()).current,
        sessionId ?? null,
      ]);
      const settled = (rule: string): void => app.telemetry.shareProofs.inc({ kind: 'passphrase', rule });
      if (begun === undefined || begun.passphrase_hash === null || begun.proof_expires_at === null) {
        const rule = begun?.rule ?? 'proof.undecided';
        settled(rule);
        throw proofRefused(rule, begun?.retry_after_seconds);
      }
      if (!(await fitsPassphrase(passphrase, begun.passphrase_hash))) {
        settled('proof.passphrase_wrong');
        throw proofRefused('proof.passphrase_wrong');
      }
      await app.database.query(settleStatement, [begun.attempt_id]);
      settled('proof.passphrase_right');
      return {
        proof: await app.shareProofs.issue(link, { kind: 'passphrase' }, begun.proof_expires_at),
        expiresAt: begun.proof_expires_at.toISOString(),
      };
    },
  });
};
