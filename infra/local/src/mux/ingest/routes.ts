import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { invalidParameters, MuxApiError, notFound } from '../errors.ts';
import type { DoubleContext } from '../rest/context.ts';
import { parse } from '../rest/validation.ts';
import type { Upload } from '../store/uploads.ts';
import { allowOrigin } from './cors.ts';
import type { OpenWrites } from './open-writes.ts';
import { type Chunk, planChunk } from './plan-chunk.ts';
import { writeChunk } from './upload-file.ts';

const params = z.object({ secret: z.string() });

/** Which states take bytes no more, and the sentence that says so. */
const CLOSED: Partial<Record<Upload['status'], string>> = {
  cancelled: 'The upload was cancelled.',
  timed_out: 'The time for the upload is over.',
  errored: 'The upload failed.',
};

/**
 * The URL that a direct upload is given: resumable, in the manner of Google Cloud Storage, which is what stands behind
 * it at the vendor. Source: https://cloud.google.com/storage/docs/performing-resumable-uploads.
 */
export async function ingestRoutes(
  app: FastifyInstance,
  { context, writes }: { context: DoubleContext; writes: OpenWrites },
): Promise<void> {
  const { store, lifecycle, files } = context;

  // Any content type, or none, is just bytes here; the stream goes to the handler unread.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.addHook('onRequest', async (request) => {
    request.raw.headers['content-type'] = 'application/octet-stream';
  });

  const find = (request: FastifyRequest, reply: FastifyReply): Upload => {
    lifecycle.expireUploads();
    const upload = store.uploads.findBySecret(parse(params, request.params).secret);
    if (upload === undefined) throw notFound();
    if (!allowOrigin(upload, request, reply)) {
      throw new MuxApiError(403, 'forbidden', ["The request does not come from the upload's cors_origin."]);
    }
    return upload;
  };

  app.options('/upload/:secret', async (request, reply) => {
    find(request, reply);
    reply.header('access-control-allow-methods', 'PUT');
    reply.header('access-control-allow-headers', 'content-type, content-range');
    return reply.header('access-control-max-age', '600').code(204).send();
  });

  app.put('/upload/:secret', async (request, reply) => {
    const found = find(request, reply);
    if (found.status === 'asset_created') return reply.code(200).send();
    return writes.replace(found.id, async (signal) => {
      const upload = stillOpen(store.uploads.find(found.id));
      if (upload === undefined) return reply.code(200).send();
      const plan = planChunk(upload, request.headers);
      if (plan === 'report') return reportProgress(reply, upload.received);
      const size = plan === 'empty' ? 0 : await receive(upload, plan, request, signal);
      const total = plan === 'empty' ? 0 : (plan.total ?? (plan.endsWithStream ? size : null));
      // It may have been cancelled, or its time may have run out, while the bytes came in.
      lifecycle.expireUploads();
      if (stillOpen(store.uploads.find(upload.id)) === undefined) return reply.code(200).send();
      if (total === size) {
        lifecycle.completeUpload(upload.id, size);
        return reply.code(200).send();
      }
      store.uploads.advance(upload.id, size, plan === 'empty' ? null : plan.total);
      return reportProgress(reply, size);
    });
  });

  async function receive(upload: Upload, chunk: Chunk, request: FastifyRequest, signal: AbortSignal): Promise<number> {
    const { size, surplus, complete } = await writeChunk({
      file: files.upload(upload.id),
      offset: upload.received,
      skip: upload.received - chunk.first,
      length: chunk.length,
      stream: request.raw,
      signal,
    });
    stillOpen(store.uploads.find(upload.id));
    if (surplus) {
      store.uploads.advance(upload.id, size, chunk.total);
      throw invalidParameters('Content-Range: the body is longer than it says');
    }
    if (!complete && chunk.endsWithStream) {
      // The length is not known yet: what is there so far must not be taken for all.
      store.uploads.advance(upload.id, size, null);
      throw new MuxApiError(400, 'invalid_parameters', ['The body broke off.']);
    }
    return size;
  }
}

/** The upload if it takes bytes, undefined if it is complete. Throws 410 when it is closed for another reason. */
function stillOpen(upload: Upload | undefined): Upload | undefined {
  if (upload === undefined) throw notFound();
  const reason = CLOSED[upload.status];
  if (reason !== undefined) throw new MuxApiError(410, 'gone', [reason]);
  return upload.status === 'waiting' ? upload : undefined;
}

/** 308 with the bytes that are safe, or without a Range when there are none yet. */
function reportProgress(reply: FastifyReply, received: number): FastifyReply {
  if (received > 0) reply.header('range', `bytes=0-${received - 1}`);
  return reply.code(308).send();
}
