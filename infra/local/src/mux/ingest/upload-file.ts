import { type FileHandle, open } from 'node:fs/promises';

/** Chunks but the last are multiples of this, and so is what is kept of an interrupted one. Source: Google Cloud Storage. */
export const CHUNK_UNIT = 256 * 1024;

export interface WritePlan {
  readonly file: string;
  /** Where the first byte that counts goes: all before it is on the disk already. */
  readonly offset: number;
  /** Bytes at the head of the stream that are on the disk already and are read past. */
  readonly skip: number;
  /** Bytes that the stream is to bring in all, `skip` included. Infinity when the client did not say. */
  readonly length: number;
  readonly stream: AsyncIterable<Uint8Array>;
  /** Aborting ends the writing; what was written until then is kept. */
  readonly signal: AbortSignal;
}

export interface WriteResult {
  /** The file's length now. All of it is on the disk for good. */
  readonly size: number;
  /** The stream ended as it said it would. */
  readonly complete: boolean;
  /** It brought more than it said; the surplus was not written. */
  readonly surplus: boolean;
}

/**
 * Writes a chunk as it comes in, a piece at a time, and returns once it is on the disk. Never throws for a stream that
 * breaks off: it says how far it got, so that the client can go on from there.
 */
export async function writeChunk(plan: WritePlan): Promise<WriteResult> {
  const handle = await open(plan.file, plan.offset === 0 ? 'w' : 'r+');
  try {
    const { read, interrupted } = await copy(handle, plan);
    const written = Math.max(0, Math.min(read, plan.length) - plan.skip);
    const complete = !interrupted && (plan.length === Number.POSITIVE_INFINITY || read === plan.length);
    const end = plan.offset + written;
    const size = complete ? end : Math.max(plan.offset, Math.floor(end / CHUNK_UNIT) * CHUNK_UNIT);
    await handle.truncate(size);
    await handle.sync();
    return { size, complete, surplus: read > plan.length };
  } finally {
    await handle.close();
  }
}

/**
 * Not a `for await`: leaving one early destroys the request and with it the connection on which the answer has to go out.
 * Only reading may fail quietly, since a broken connection is an everyday end of a chunk; a full disk must be heard of.
 */
async function copy(handle: FileHandle, plan: WritePlan): Promise<{ read: number; interrupted: boolean }> {
  const pieces = plan.stream[Symbol.asyncIterator]();
  const aborted = new Promise<'aborted'>((resolve) => {
    if (plan.signal.aborted) resolve('aborted');
    plan.signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
  let read = 0;
  while (read <= plan.length) {
    const next = await Promise.race([pieces.next().catch(() => 'broken' as const), aborted]);
    if (next === 'aborted' || next === 'broken') return { read, interrupted: true };
    if (next.done === true) return { read, interrupted: false };
    const piece = next.value;
    const from = Math.min(Math.max(plan.skip - read, 0), piece.length);
    const to = Math.min(piece.length, plan.length - read);
    if (to > from) await writeAll(handle, piece.subarray(from, to), plan.offset + read + from - plan.skip);
    read += piece.length;
  }
  return { read, interrupted: true };
}

async function writeAll(handle: FileHandle, piece: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    done += (await handle.write(piece, done, piece.length - done, position + done)).bytesWritten;
  }
}
