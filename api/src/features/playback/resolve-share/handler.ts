import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { GrantEndedError } from '../../../playback/playback-grant.ts';
import { rotatingAddressHash } from '../../../playback/rotating-address-hash.ts';
import { userAgentFamily } from '../../../playback/viewer-fingerprint.ts';
import type { ProblemCode } from '../../../problems/catalogue.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import { embedOriginOf } from '../embed-origin.ts';
import { namedLink, parseOrNothing } from '../share-request.ts';
import { decidePlayback } from './decide-playback.ts';
import { type ResolveShareBody, resolveShareAnswer, resolveShareBody, resolveShareParams } from './schema.ts';

/** What is read of a body that breaks its schema. */
const nothing: Partial<ResolveShareBody> & Pick<ResolveShareBody, 'secret'> = { secret: '' };

/** Refusals that only who holds the right secret gets to, each with its own answer. All others are one answer. */
const toldToHolders: Readonly<Record<string, ProblemCode>> = {
  'play.origin_refused': 'share.origin_refused',
  'play.sign_in_needed': 'share.sign_in_needed',
  'play.recipient_needed': 'share.recipient_needed',
  'play.passphrase_needed': 'share.passphrase_needed',
  'play.switched_off': 'playback.paused',
  'play.not_ready': 'share.not_ready',
};

/**
 * `POST /api/share/:publicId` (SH-04): the secret travels in the body, SQL decides and records, and only then tokens are signed.
 * Unknown, wrong, malformed, expired, revoked, used up and not yet started are one answer (SH-07). Only who holds the right secret
 * learns what else the link asks for, or that the video is not ready yet.
 */
export const resolveShareRoute: FastifyPluginAsyncZod = async (app) => {
  const viewerHashesOf = rotatingAddressHash(app.config.addressHashKey, app.config.addressHashDays);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 4_096 }, (_request, body, done) => {
    done(null, parseOrNothing(String(body)));
  });

  app.route({
    method: 'POST',
    url: '/api/share/:publicId',
    config: { limits: ['playback', 'share-link', 'share-guess', 'share-guess-link'] },
    schema: {
      operationId: 'resolveShare',
      tags: ['playback'],
      summary: 'Exchange the secret of a share link for playback tokens',
      description: `The body is \`{"secret": "…"}\`, the part of the link after \`#\`, with the \`sessionId\` of the answer before when it renews. A
malformed body is refused like a wrong secret. A session token may come along, for links that ask for somebody who is signed in, and the
\`proofs\` of a passphrase and of a code, for links that ask for these.`,
      security: [{}, { session: [] }],
      params: resolveShareParams,
      body: resolveShareBody,
      response: {
        200: resolveShareAnswer,
        ...documentedProblems(
          'share.unavailable',
          'share.origin_refused',
          'share.sign_in_needed',
          'share.recipient_needed',
          'share.passphrase_needed',
          'playback.paused',
          'share.not_ready',
          'request.too_large',
          'request.throttled',
        ),
      },
    },
    // A body that breaks its schema comes to the handler all the same, to be refused there like a wrong secret.
    attachValidation: true,
    handler: async (request) => {
      const { secret, sessionId, proofs, embedder } = request.validationError === undefined ? request.body : nothing;
      const link = namedLink(request.params.publicId, secret);
      if (link === undefined) {
        app.telemetry.decisions.inc({ kind: 'share', outcome: 'refused', rule: 'play.malformed' });
        throw problemOf('share.unavailable');
      }
      const decision = await decidePlayback(app.database, {
        link,
        requestId: request.id,
        viewerHashes: viewerHashesOf(request.ip, Date.now()),
        userAgentFamily: userAgentFamily(request.headers['user-agent']),
        tokenTtl: app.config.playbackTokenTtlSeconds,
        sessionId: sessionId ?? null,
        embedOrigin: embedOriginOf(request.headers, app.config.http.publicUrl) ?? embedder ?? null,
        viewer: await app.recognise(request),
        proven: await app.shareProofs.read(link, proofs ?? []),
      });
      const rule = decision?.rule ?? 'play.undecided';
      app.telemetry.decisions.inc({ kind: 'share', outcome: decision?.allowed === true ? 'allowed' : 'refused', rule });
      if (
        decision === undefined ||
        !decision.allowed ||
        decision.playback_id === null ||
        decision.token_expires_at === null ||
        decision.share_expires_at === null ||
        decision.session_id === null
      ) {
        throw problemOf(toldToHolders[rule] ?? 'share.unavailable');
      }
      const playback = await app.playback
        .mint({
          playbackId: decision.playback_id,
          title: decision.title ?? '',
          durationSeconds: decision.duration_seconds === null ? null : Number(decision.duration_seconds),
          aspectRatio: decision.aspect_ratio,
          tokenExpiresAt: decision.token_expires_at,
        })
        .catch((error: unknown) => {
          // In its last second a link is as good as ended: nothing that could be handed out would be of use.
          throw error instanceof GrantEndedError ? problemOf('share.unavailable', { cause: error }) : error;
        });
      return { ...playback, sessionId: decision.session_id, availableUntil: decision.share_expires_at.toISOString() };
    },
  });
};
