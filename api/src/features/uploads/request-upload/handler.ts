import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import type Mux from '@mux/mux-node';
import { sql } from 'kysely';
import { crashPoint } from '../../../crash-point.ts';
import { type RequestFacts, withCaller, withService } from '../../../db/caller.ts';
import type { Database } from '../../../db/database.ts';
import { callerOf, factsOf } from '../../../plugins/app/identity.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import { vendorProblem } from '../vendor-problem.ts';
import { type RequestUploadAnswer, requestUploadAnswer, requestUploadBody } from './schema.ts';

interface RequestedUpload {
  upload_job_id: string;
  video_id: string;
  expires_at: Date;
  share_token_id: string | null;
  share_public_id: string | null;
  share_secret: string | null;
  share_expires_at: Date | null;
}

function shareOf(job: RequestedUpload): RequestUploadAnswer['share'] {
  const { share_token_id: id, share_public_id: publicId, share_secret: secret, share_expires_at: end } = job;
  if (id === null || publicId === null || secret === null || end === null) {
    return null;
  }
  return { id, publicId, secret, expiresAt: end.toISOString() };
}

/** Mux takes 60 s to 7 days. */
function timeoutSeconds(expiresAt: Date): number {
  return Math.min(604_800, Math.max(60, Math.round((expiresAt.getTime() - Date.now()) / 1000)));
}

/** Remembers Mux's id before anybody learns the URL. Answers the state of the job: it may have been cancelled meanwhile. */
function attach(
  database: Database,
  facts: RequestFacts,
  job: RequestedUpload,
  muxUploadId: string,
): Promise<string | undefined> {
  return withService(database, facts, async (transaction) => {
    const { rows } = await sql<{ state: string }>`
      select app.attach_upload(${job.upload_job_id}, ${muxUploadId}, ${job.expires_at}) as state`.execute(transaction);
    return rows[0]?.state;
  });
}

/** Nobody will ever learn this upload's URL; Mux forgets it when it times out, sooner if it can be reached now. */
async function takeBack(mux: Mux, muxUploadId: string): Promise<void> {
  await mux.video.uploads.cancel(muxUploadId).catch(() => undefined);
}

/**
 * `POST /api/uploads`: the job is written first, Mux is asked second, the Mux id is attached third. A crash in between leaves a job
 * that the worker closes; a failure of Mux closes the job at once and is answered so that the caller can try again.
 */
export const requestUploadRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'POST',
    url: '/api/uploads',
    config: { limits: ['uploads'] },
    schema: {
      operationId: 'requestUpload',
      tags: ['uploads'],
      summary: 'Ask for a place to upload a video to',
      security: [{ session: [] }],
      body: requestUploadBody,
      response: {
        201: requestUploadAnswer,
        ...documentedProblems(
          'auth.token_missing',
          'auth.token_invalid',
          'auth.forbidden',
          'auth.suspended',
          'request.invalid',
          'upload.closed',
          'upload.quota_exceeded',
          'request.throttled',
          'upload.vendor_unavailable',
          'upload.vendor_refused',
        ),
      },
    },
    handler: async (request, reply) => {
      const { title, description, fileName, fileSizeBytes, contentType } = request.body;
      const { fileFingerprint, shareExpiresAt, shareLabel } = request.body;
      const facts = factsOf(request);
      const askedAt = performance.now();
      const job = await withCaller(app.database, callerOf(request), facts, async (transaction) => {
        const { rows } = await sql<RequestedUpload>`
          select upload_job_id, video_id, expires_at, share_token_id, share_public_id, share_secret, share_expires_at
          from api.request_upload(title => ${title}, description => ${description ?? null}, file_name => ${fileName},
                                  file_size_bytes => ${fileSizeBytes}, content_type => ${contentType},
                                  file_fingerprint => ${fileFingerprint ?? null},
                                  share_expires_at => ${shareExpiresAt ?? null}, share_label => ${shareLabel ?? null})`.execute(
          transaction,
        );
        return rows[0];
      });
      if (job === undefined) {
        throw problemOf('service.failed', { cause: new Error('api.request_upload returned no row') });
      }

      crashPoint('upload.requested');
      const upload = await app.mux.video.uploads
        .create({
          cors_origin: app.config.http.publicUrl,
          timeout: timeoutSeconds(job.expires_at),
          new_asset_settings: { playback_policies: ['signed'], passthrough: job.upload_job_id, video_quality: 'basic' },
        })
        .catch(async (error: unknown) => {
          const problem = vendorProblem(error);
          app.telemetry.uploads.inc({
            outcome: problem.code === 'upload.vendor_refused' ? 'vendor_refused' : 'vendor_unavailable',
          });
          await withService(app.database, facts, (transaction) =>
            sql`select app.fail_upload(${job.upload_job_id}, ${problem.code}, ${problem.message})`.execute(transaction),
          );
          throw problem;
        });
      crashPoint('upload.created');
      if (upload.url === undefined) {
        throw problemOf('upload.vendor_refused', { cause: new Error('Mux answered an upload without a URL') });
      }

      const attached = await attach(app.database, facts, job, upload.id).catch(async (error: unknown) => {
        await takeBack(app.mux, upload.id);
        throw error;
      });
      crashPoint('upload.attached');
      if (attached !== 'uploading') {
        // Cancelled by its owner while Mux was being asked.
        await takeBack(app.mux, upload.id);
        throw problemOf('upload.closed');
      }
      app.telemetry.uploads.inc({ outcome: 'prepared' });
      app.telemetry.uploadStages.observe({ stage: 'preparing' }, (performance.now() - askedAt) / 1_000);
      reply.code(201);
      return {
        uploadJobId: job.upload_job_id,
        videoId: job.video_id,
        uploadUrl: upload.url,
        expiresAt: job.expires_at.toISOString(),
        share: shareOf(job),
      };
    },
  });
};
