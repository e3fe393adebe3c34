import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { sql } from 'kysely';
import { withCaller } from '../../../db/caller.ts';
import { callerOf, factsOf } from '../../../plugins/app/identity.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import { previewVideoAnswer, previewVideoParams } from './schema.ts';

interface PreviewDecision {
  playback_id: string;
  title: string;
  duration_seconds: string | null;
  aspect_ratio: string | null;
  token_expires_at: Date;
}

/** `POST /api/videos/:id/preview`: the owner, or an admin (who leaves an audit entry), watches a video without a share link. */
export const previewVideoRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'POST',
    url: '/api/videos/:id/preview',
    config: { limits: ['playback'] },
    schema: {
      operationId: 'previewVideo',
      tags: ['playback'],
      summary: 'Watch a video as its owner or as an admin',
      security: [{ session: [] }],
      params: previewVideoParams,
      response: {
        200: previewVideoAnswer,
        ...documentedProblems(
          'auth.token_missing',
          'auth.token_invalid',
          'auth.forbidden',
          'auth.suspended',
          'request.invalid',
          'video.not_found',
          'playback.paused',
          'video.not_ready',
          'request.throttled',
        ),
      },
    },
    handler: async (request) => {
      const ttl = app.config.playbackTokenTtlSeconds;
      const decision = await withCaller(app.database, callerOf(request), factsOf(request), async (transaction) => {
        const { rows } = await sql<PreviewDecision>`
          select playback_id, title, duration_seconds, aspect_ratio, token_expires_at
          from api.decide_preview(video_id => ${request.params.id}, token_ttl_seconds => ${ttl})`.execute(transaction);
        return rows[0];
      });
      if (decision === undefined) {
        throw problemOf('video.not_found');
      }
      app.telemetry.decisions.inc({ kind: 'preview', outcome: 'allowed', rule: 'play.allowed' });
      return app.playback.mint({
        playbackId: decision.playback_id,
        title: decision.title,
        durationSeconds: decision.duration_seconds === null ? null : Number(decision.duration_seconds),
        aspectRatio: decision.aspect_ratio,
        tokenExpiresAt: decision.token_expires_at,
      });
    },
  });
};
