import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../errors.ts';
import type { Access } from './access.ts';
import { parseByteRange } from './byte-range.ts';

/** Sends a file, or the part of it that is asked for. Throws 404 when it is not there. */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: { path: string; type: string },
): Promise<FastifyReply> {
  const size = await sizeOf(file.path);
  reply.type(file.type).header('accept-ranges', 'bytes');
  const range = parseByteRange(request.headers.range, size);
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${size}`).send();
  if (range === undefined) return reply.header('content-length', size).send(createReadStream(file.path));
  const { first, last } = range;
  reply
    .code(206)
    .header('content-range', `bytes ${first}-${last}/${size}`)
    .header('content-length', last - first + 1);
  return reply.send(createReadStream(file.path, { start: first, end: last }));
}

/** A signed answer is its asker's alone and is asked for anew, so that a token's end is felt; a public one may be kept. */
export function cacheFor(access: Access, reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', access.token === undefined ? 'public, max-age=3600' : 'private, no-store');
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    throw notFound();
  }
}
