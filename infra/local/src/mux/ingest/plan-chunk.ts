import type { IncomingHttpHeaders } from 'node:http';
import { invalidParameters } from '../errors.ts';
import type { Upload } from '../store/uploads.ts';
import { parseContentRange } from './content-range.ts';
import { CHUNK_UNIT } from './upload-file.ts';

/** Bytes to be received. */
export interface Chunk {
  /** Where the body begins in the file; never beyond what has been received. */
  readonly first: number;
  /** Bytes in the body; Infinity when the client did not say. */
  readonly length: number;
  /** Size of the whole file in bytes, or null while it is not known. */
  readonly total: number | null;
  /** The end of the body is the end of the file. */
  readonly endsWithStream: boolean;
}

/**
 * What to do with a PUT: take a chunk; `report` how far the upload has got, for a question or for a chunk that begins
 * beyond it or lies before it; or end an upload of an `empty` file. Throws 400 for what contradicts itself.
 */
export function planChunk(upload: Upload, headers: IncomingHttpHeaders): Chunk | 'report' | 'empty' {
  const header = headers['content-range'];
  const bodyLength = headers['content-length'] === undefined ? null : Number(headers['content-length']);
  if (header === undefined) return planWholeFile(upload, bodyLength);
  const range = parseContentRange(header);
  if (range === undefined) throw invalidParameters(`Content-Range: cannot be understood: ${header}`);
  if (range.total !== null && upload.total !== null && range.total !== upload.total) {
    throw invalidParameters(`Content-Range: the total was ${upload.total} before and is ${range.total} now`);
  }
  if (range.kind === 'query') return range.total === 0 && upload.received === 0 ? 'empty' : 'report';
  const length = range.last - range.first + 1;
  if (bodyLength !== null && bodyLength !== length) {
    throw invalidParameters(`Content-Range: says ${length} bytes, Content-Length says ${bodyLength}`);
  }
  const isLast = range.total !== null && range.last === range.total - 1;
  if (!isLast && length % CHUNK_UNIT !== 0) {
    throw invalidParameters(`Content-Range: a chunk that is not the last must be a multiple of ${CHUNK_UNIT} bytes`);
  }
  if (range.total !== null && range.total < upload.received) {
    throw invalidParameters(`Content-Range: ${upload.received} bytes are here already, more than the total`);
  }
  if (range.first > upload.received || range.last < upload.received) return 'report';
  return { first: range.first, length, total: range.total, endsWithStream: false };
}

/** A body without a Content-Range is the whole file. */
function planWholeFile(upload: Upload, bodyLength: number | null): Chunk | 'empty' {
  if (bodyLength === 0) return 'empty';
  if (upload.total !== null && bodyLength !== null && bodyLength !== upload.total) {
    throw invalidParameters(`Content-Length: the total was ${upload.total} before and is ${bodyLength} now`);
  }
  return {
    first: 0,
    length: bodyLength ?? Number.POSITIVE_INFINITY,
    total: bodyLength,
    endsWithStream: bodyLength === null,
  };
}
