import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemCode } from '../problems/catalogue.ts';
import { problemOf } from '../problems/problem-error.ts';

/** Exports of a kind under way in one process: each holds a connection of the pool until its reader has everything. */
const exportsAtOnce = 2;

/** A file that is made while it is read. */
export interface ExportFile {
  /** What the file is called, before the time: `plays`. */
  readonly name: string;
  readonly extension: 'csv' | 'jsonl';
  readonly pieces: AsyncIterable<string>;
  /** When it was made; now, when left out. */
  readonly at?: Date;
}

const mediaTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/x-ndjson; charset=utf-8',
} as const;

/**
 * Sends exports of one kind, so many at a time. A failure in the middle breaks the connection, so that no half file looks whole.
 * @param busy the problem that one too many is answered with
 * @param what what the log calls it: an export of plays
 */
export function exportSender(busy: ProblemCode, what: string) {
  let underWay = 0;
  return async (
    request: FastifyRequest,
    reply: FastifyReply,
    begin: () => Promise<ExportFile>,
  ): Promise<FastifyReply> => {
    if (underWay >= exportsAtOnce) {
      throw problemOf(busy);
    }
    underWay += 1;
    let isStreaming = false;
    try {
      const { name, extension, pieces, at = new Date() } = await begin();
      const stream = Readable.from(pieces, { objectMode: false, highWaterMark: 65_536 });
      // The answer has begun, so nobody else tells; that a reader went away is no error.
      stream.once('error', (error) => request.log.error({ err: error }, `${what} broke off`));
      stream.once('close', () => {
        underWay -= 1;
      });
      isStreaming = true;
      const stamp = at.toISOString().replace(/[-:]|\.\d+/g, '');
      return reply
        .type(mediaTypes[extension])
        .header('content-disposition', `attachment; filename="${name}-${stamp}.${extension}"`)
        .send(stream);
    } finally {
      if (!isStreaming) {
        underWay -= 1;
      }
    }
  };
}
