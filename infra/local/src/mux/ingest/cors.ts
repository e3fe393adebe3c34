import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Upload } from '../store/uploads.ts';

/**
 * Lets a browser at the upload's own origin in, and no other. Returns false when the request comes from elsewhere. A
 * request without an origin is no browser's and passes.
 */
export function allowOrigin(upload: Upload, request: FastifyRequest, reply: FastifyReply): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  const allowed = upload.corsOrigin === '*' ? '*' : new URL(upload.corsOrigin).origin;
  if (allowed !== '*' && allowed !== origin) return false;
  reply.header('access-control-allow-origin', allowed);
  reply.header('access-control-expose-headers', 'Range, Content-Length, Content-Type');
  reply.header('vary', 'Origin');
  return true;
}
