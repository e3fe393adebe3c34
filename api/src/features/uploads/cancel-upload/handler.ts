import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { sql } from 'kysely';
import { crashPoint } from '../../../crash-point.ts';
import { withCaller } from '../../../db/caller.ts';
import { callerOf, factsOf } from '../../../plugins/app/identity.ts';
import { documentedProblems } from '../../../problems/documented.ts';
import { problemOf } from '../../../problems/problem-error.ts';
import { cancelUploadAnswer, cancelUploadParams } from './schema.ts';

interface CancelledUpload {
  state: string;
  mux_upload_id: string | null;
}

/**
 * `DELETE /api/uploads/:id`: the job is cancelled in the database, then the upload URL is taken back at Mux. Mux only takes back
 * what it still waits for; when the file is there already, its events decide how the video goes on.
 */
export const cancelUploadRoute: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'DELETE',
    url: '/api/uploads/:id',
    schema: {
      operationId: 'cancelUpload',
      tags: ['uploads'],
      summary: 'Cancel an upload',
      security: [{ session: [] }],
      params: cancelUploadParams,
      response: {
        200: cancelUploadAnswer,
        ...documentedProblems(
          'auth.token_missing',
          'auth.token_invalid',
          'auth.forbidden',
          'auth.suspended',
          'request.invalid',
          'upload.not_found',
        ),
      },
    },
    handler: async (request) => {
      const { id } = request.params;
      const job = await withCaller(app.database, callerOf(request), factsOf(request), async (transaction) => {
        const { rows } = await sql<CancelledUpload>`
          select state, mux_upload_id from api.cancel_upload(upload_job_id => ${id})`.execute(transaction);
        return rows[0];
      });
      if (job === undefined) {
        throw problemOf('upload.not_found');
      }
      crashPoint('upload.cancelled');
      if (job.state === 'cancelled' && job.mux_upload_id !== null) {
        await app.mux.video.uploads.cancel(job.mux_upload_id).catch((error: unknown) => {
          request.log.warn({ err: error, uploadJobId: id }, 'Mux did not take back the upload');
        });
      }
      return { uploadJobId: id, state: job.state };
    },
  });
};
