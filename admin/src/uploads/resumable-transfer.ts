/**
 * Sends one file to a direct upload URL of Mux, which is a resumable upload of Google Cloud Storage: PUTs with
 * `Content-Range`, answered 308 and a `Range` of what is safe, 200 or 201 at the end; `bytes *` + `/total` asks how far it is.
 *
 * The server says where to go on after every interruption, so that a pause stops at once, a retry never sends a byte twice
 * that arrived, and a chunk that arrived in part counts in part. (The vendor's uploader can do none of the three: it starts a
 * second sender when resumed before its chunk has ended, and a failed upload starts over.)
 * Sources: docs.mux.com/guides/upload-files-directly, cloud.google.com/storage/docs/performing-resumable-uploads.
 */
export type Put = (
  url: string,
  request: { contentRange: string; contentType: string; body: Blob | undefined },
  options: { signal: AbortSignal; onProgress: (sentBytes: number) => void },
) => Promise<PutAnswer>;

/** `status` 0: no answer came. `range`: the header of that name. */
export type PutAnswer = { status: number; range: string | null };

export type TransferFault = 'ended' | 'interrupted';

export class TransferError extends Error {
  readonly fault: TransferFault;
  /** HTTP status of the last answer, 0 when none came. */
  readonly status: number;
  constructor(fault: TransferFault, status: number) {
    super(`upload ${fault}, last status ${status}`);
    this.name = 'TransferError';
    this.fault = fault;
    this.status = status;
  }
}

export type TransferOptions = {
  url: string;
  file: File;
  put: Put;
  /** Aborting stops at once; the promise then rejects with the signal's reason. */
  signal: AbortSignal;
  /** Bytes that the server has, or is receiving. May go back after an interruption. */
  onProgress: (bytes: number) => void;
  /** Resolves when it is time for the next attempt after so many failures in a row. */
  backoff: (failures: number, signal: AbortSignal) => Promise<void>;
  /** Ask the server first where it was. */
  resuming: boolean;
  chunkBytes?: number;
  /** Answers in a row that help nothing, after which the transfer gives up. */
  patience?: number;
  /** Attempts in a row without any answer, after which it gives up: a line may be away for minutes. */
  linePatience?: number;
};

/** A multiple of 256 KiB, as the protocol demands. Small enough that little is lost with a connection. */
const defaultChunkBytes = 8 * 1024 * 1024;
const retryable = new Set([0, 408, 429, 500, 502, 503, 504]);
const complete = Symbol('complete');

/**
 * @throws TransferError `interrupted` after too many failures (resume it), `ended` when the upload URL is dead.
 * @throws DOMException `NotReadableError` when the file was moved, changed or locked since it was picked.
 */
export async function transfer(options: TransferOptions): Promise<void> {
  const { file, signal, onProgress, backoff, chunkBytes = defaultChunkBytes } = options;
  const { patience = 6, linePatience = 60 } = options;
  let failures = 0;
  let offset = 0;
  let askFirst = options.resuming;
  for (;;) {
    signal.throwIfAborted();
    const answer = askFirst ? await ask(options) : await send(options, offset, chunkBytes);
    const reached = readAnswer(answer);
    if (reached === complete) {
      onProgress(file.size);
      return;
    }
    if (reached === undefined && !retryable.has(answer.status)) throw new TransferError('ended', answer.status);
    // An answer that moves nothing forward is a failure too, or a confused server would be asked for ever.
    const forward = reached !== undefined && (askFirst || reached > offset);
    failures = forward ? 0 : failures + 1;
    // A file that cannot be read any more looks like a lost line: the browser tells the two apart in words only.
    if (answer.status === 0) await readable(file, offset);
    if (failures > (answer.status === 0 ? linePatience : patience))
      throw new TransferError('interrupted', answer.status);
    if (reached !== undefined) {
      offset = reached;
      onProgress(offset);
    }
    askFirst = reached === undefined;
    if (!forward) await backoff(failures, signal);
  }
}

/** The first byte the server still wants, `complete`, or undefined when the answer is neither. */
function readAnswer({ status, range }: PutAnswer): number | typeof complete | undefined {
  if (status === 200 || status === 201) return complete;
  if (status !== 308) return undefined;
  const last = /^bytes=0-(\d+)$/.exec(range ?? '')?.[1];
  return last === undefined ? 0 : Number(last) + 1;
}

async function readable(file: File, offset: number): Promise<void> {
  await file.slice(offset, offset + 1).arrayBuffer();
}

function ask({ url, file, put, signal }: TransferOptions): Promise<PutAnswer> {
  const request = { contentRange: `bytes */${file.size}`, contentType: file.type, body: undefined };
  return put(url, request, { signal, onProgress: () => undefined });
}

function send(options: TransferOptions, offset: number, chunkBytes: number): Promise<PutAnswer> {
  const { url, file, put, signal, onProgress } = options;
  const end = Math.min(offset + chunkBytes, file.size);
  const request = {
    contentRange: `bytes ${offset}-${end - 1}/${file.size}`,
    contentType: file.type,
    body: file.slice(offset, end),
  };
  return put(url, request, { signal, onProgress: (sent) => onProgress(offset + sent) });
}
