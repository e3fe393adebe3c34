import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { hashAddress, userAgentFamily } from '../../../playback/viewer-fingerprint.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import { decidePlayback } from './decide-playback.ts';
import { resolveShareAnswer, resolveShareBody, resolveShareParams } from './schema.ts';

/** Shapes that a link of ours can have; anything else is refused without asking, in the words of every other refusal. */
const publicIdShape = /^[A-Za-z0-9]{12}$/;
const secretShape = /^[A-Za-z0-9_-]{22,128}$/;

/** A body that is no JSON counts as a body without a secret: whoever guesses learns nothing from a different answer. */
function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * `POST /api/share/:publicId` (SH-04): the secret travels in the body, SQL decides and records, and only then tokens are signed.
 * Unknown, wrong, malformed, expired, revoked and not yet started are one answer (SH-07). Only who holds the right secret learns
 * that the video is not ready yet.
 */
export const resolveShareRoute: FastifyPluginAsyncZod = async (app) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 4_096 }, (_request, body, done) => {
    done(null, parseOrNothing(String(body)));
  });

  app.route({
    method: 'POST',
    url: '/api/share/:publicId',
    schema: {
      operationId: 'resolveShare',
      tags: ['playback'],
      summary: 'Exchange the secret of a share link for playback tokens',
      description: `The body is \`{"secret": "…"}\`, the part of the link after \`#\`. A malformed body is refused like a wrong secret.`,
      params: resolveShareParams,
      body: resolveShareBody,
      response: {
        200: resolveShareAnswer,
        ...documentedProblems('share.unavailable', 'share.not_ready', 'request.too_large'),
      },
    },
    // A body that breaks its schema comes to the handler all the same, to be refused there like a wrong secret.
    attachValidation: true,
    handler: async (request) => {
      const { publicId } = request.params;
      const secret = request.validationError === undefined ? request.body.secret : '';
      if (!secretShape.test(secret) || !publicIdShape.test(publicId)) {
        app.telemetry.decisions.inc({ kind: 'share', outcome: 'refused', rule: 'play.malformed' });
        throw problemOf('share.unavailable');
      }
      const decision = await decidePlayback(app.database, {
        publicId,
        secret,
        requestId: request.id,
        addressHash: hashAddress(request.ip, app.config.addressHashKey),
        userAgentFamily: userAgentFamily(request.headers['user-agent']),
        tokenTtl: app.config.playbackTokenTtlSeconds,
      });
      const rule = decision?.rule ?? 'play.undecided';
      app.telemetry.decisions.inc({ kind: 'share', outcome: decision?.allowed === true ? 'allowed' : 'refused', rule });
      if (rule === 'play.not_ready') {
        throw problemOf('share.not_ready');
      }
      if (
        decision === undefined ||
        !decision.allowed ||
        decision.playback_id === null ||
        decision.token_expires_at === null ||
        decision.share_expires_at === null
      ) {
        throw problemOf('share.unavailable');
      }
      const playback = await app.playback.mint({
        playbackId: decision.playback_id,
        title: decision.title ?? '',
        durationSeconds: decision.duration_seconds === null ? null : Number(decision.duration_seconds),
        aspectRatio: decision.aspect_ratio,
        tokenExpiresAt: decision.token_expires_at,
      });
      return { ...playback, availableUntil: decision.share_expires_at.toISOString() };
    },
  });
};
