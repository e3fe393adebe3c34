import { ExportEdges, type ExportEnd, type ExportHeader, readEnd, readHeader } from './export-edges.ts';
import type { ExportFormat } from './export-format.ts';

/** Where the bytes go. Nothing is a file before `close`; `discard` leaves nothing behind. */
export type ExportTarget = {
  write(piece: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
  discard(): Promise<void>;
};

/** What has been received, as far as the file tells: CSV tells nothing but its size. */
export type ExportReceipt = { bytes: number; header?: ExportHeader; end?: ExportEnd };

export type ExportFault = 'cutOff' | 'unknownFormat' | 'unwritable';

export class ExportError extends Error {
  readonly fault: ExportFault;
  readonly bytes: number;
  constructor(fault: ExportFault, bytes: number, cause?: unknown) {
    super(fault, { cause });
    this.name = 'ExportError';
    this.fault = fault;
    this.bytes = bytes;
  }
}

export type ReceiveOptions = {
  format: ExportFormat;
  target: ExportTarget;
  signal: AbortSignal;
  onBytes: (bytes: number) => void;
};

const mediaTypes: Record<ExportFormat, string> = { jsonl: 'application/x-ndjson', csv: 'text/csv' };

/**
 * Streams an export into its target, as fast as that takes it. The target is closed only when the file is complete: for JSON
 * Lines when it ends in its `end` line (docs/reference/audit-log-format.md); whatever else happens, it is discarded.
 *
 * @throws ExportError; or the signal's reason, when the export was cancelled
 */
export async function receiveExport(response: Response, options: ReceiveOptions): Promise<ExportReceipt> {
  try {
    const receipt = await pump(response, options);
    await writing(receipt.bytes, options.target.close());
    return receipt;
  } catch (error) {
    await options.target.discard();
    throw error;
  }
}

async function pump(response: Response, { format, target, signal, onBytes }: ReceiveOptions): Promise<ExportReceipt> {
  const { body } = response;
  if (!body || !response.headers.get('content-type')?.startsWith(mediaTypes[format])) {
    await body?.cancel();
    throw new ExportError('unknownFormat', 0);
  }
  const edges = new ExportEdges();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        signal.throwIfAborted();
        throw new ExportError('cutOff', edges.bytes, cause);
      });
      signal.throwIfAborted();
      if (done) return judged(format, edges);
      edges.add(value);
      await writing(edges.bytes, target.write(value));
      onBytes(edges.bytes);
    }
  } finally {
    // Of a stream that has come to its end this is nothing; any other has no reader any more.
    await reader.cancel().catch(() => undefined);
  }
}

function judged(format: ExportFormat, edges: ExportEdges): ExportReceipt {
  const { bytes } = edges;
  if (format === 'csv') {
    if (edges.lastLine() === undefined) throw new ExportError('cutOff', bytes);
    return { bytes };
  }
  const first = edges.firstLine();
  const header = readHeader(first);
  if (first !== undefined && !header) throw new ExportError('unknownFormat', bytes);
  const end = readEnd(edges.lastLine());
  if (!header || !end) throw new ExportError('cutOff', bytes);
  return { bytes, header, end };
}

async function writing(bytes: number, done: Promise<void>): Promise<void> {
  await done.catch((cause: unknown) => {
    throw new ExportError('unwritable', bytes, cause);
  });
}
