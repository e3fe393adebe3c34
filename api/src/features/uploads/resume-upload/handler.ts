import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import type Mux from '@mux/mux-node';
import { NotFoundError } from '@mux/mux-node';
import { sql } from 'kysely';
import { withCaller } from '../../../db/caller.ts';
import { callerOf, factsOf } from '../../../plugins/app/identity.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import { vendorProblem } from '../vendor-problem.ts';
import { type ResumeUploadAnswer, resumeUploadAnswer, resumeUploadParams } from './schema.ts';

type State = ResumeUploadAnswer['state'];

interface KnownUpload {
  video_id: string;
  state: State;
  mux_upload_id: string | null;
  file_name: string;
  /** A bigint, at most 5 · 10⁹. */
  file_size_bytes: string;
  file_fingerprint: string | null;
  expires_at: Date;
}

const stateAtMux = {
  waiting: 'uploading',
  asset_created: 'processing',
  errored: 'errored',
  cancelled: 'cancelled',
  timed_out: 'expired',
} as const satisfies Record<Mux.Video.Upload['status'], State>;

/** Asks Mux for the address again. Only the job's owner gets this far, and only while bytes are awaited. */
async function askMux(mux: Mux, muxUploadId: string): Promise<{ state: State; uploadUrl: string | null }> {
  try {
    const { status, url } = await mux.video.uploads.retrieve(muxUploadId);
    return { state: stateAtMux[status], uploadUrl: status === 'waiting' && url !== undefined ? url : null };
  } catch (error) {
    if (error instanceof NotFoundError) {
      return { state: 'expired', uploadUrl: null };
    }
    throw vendorProblem(error);
  }
}

/**
 * `GET /api/uploads/:id`: where the caller's own upload stands and, while Mux waits for its bytes, the address to send them to. The
 * address is a bearer's: no table and no browser keeps it, so that after a reload it is asked for again here (AD-08).
 */
export const resumeUploadRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'GET',
    url: '/api/uploads/:id',
    schema: {
      operationId: 'resumeUpload',
      tags: ['uploads'],
      summary: 'Read where an upload stands and where to go on with it',
      security: [{ session: [] }],
      params: resumeUploadParams,
      response: {
        200: resumeUploadAnswer,
        ...documentedProblems(
          'auth.token_missing',
          'auth.token_invalid',
          'auth.forbidden',
          'auth.suspended',
          'request.invalid',
          'upload.not_found',
          'upload.vendor_unavailable',
          'upload.vendor_refused',
        ),
      },
    },
    handler: async (request) => {
      const { id } = request.params;
      const job = await withCaller(app.database, callerOf(request), factsOf(request), async (transaction) => {
        const { rows } = await sql<KnownUpload>`
          select video_id, state, mux_upload_id, file_name, file_size_bytes, file_fingerprint, expires_at
          from api.resume_upload(upload_job_id => ${id})`.execute(transaction);
        return rows[0];
      });
      if (job === undefined) {
        throw problemOf('upload.not_found');
      }
      const { state, uploadUrl } =
        job.state === 'uploading' && job.mux_upload_id !== null
          ? await askMux(app.mux, job.mux_upload_id)
          : { state: job.state, uploadUrl: null };
      return {
        uploadJobId: id,
        videoId: job.video_id,
        state,
        uploadUrl,
        fileName: job.file_name,
        fileSizeBytes: Number(job.file_size_bytes),
        fileFingerprint: job.file_fingerprint,
        expiresAt: job.expires_at.toISOString(),
      };
    },
  });
};
