import { open } from 'node:fs/promises';

/** Mux takes chunks in multiples of 256 KiB; the last one may be shorter. */
const CHUNK_BYTES = 4 * 256 * 1024;
const ATTEMPTS = 5;

/**
 * Sends a file to a direct upload URL as a browser's upload library does: PUT with `Content-Range`, 308 with `Range` between
 * chunks, 2xx at the end (https://docs.mux.com/guides/upload-files-directly). After a dropped connection it asks how far
 * the server got and goes on from there.
 *
 * @param onSent receives how many bytes the server has
 */
export async function uploadResumably(
  url: string,
  file: { path: string; contentType: string },
  signal: AbortSignal,
  onSent: (bytes: number, total: number) => void = () => {},
): Promise<void> {
  const source = await open(file.path, 'r');
  try {
    const { size } = await source.stat();
    let sent = 0;
    let failures = 0;
    while (true) {
      signal.throwIfAborted();
      const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, size - sent));
      await source.read(chunk, 0, chunk.length, sent);
      // Bytes when all goes well; after a failure the question "how far did you get?".
      const asks = failures > 0;
      const answer = await put(url, {
        contentType: file.contentType,
        range: asks ? `bytes */${size}` : `bytes ${sent}-${sent + chunk.length - 1}/${size}`,
        body: asks ? Buffer.alloc(0) : chunk,
        signal,
      });
      if (answer?.ok) {
        onSent(size, size);
        return;
      }
      if (answer?.status === 308) {
        failures = 0;
        sent = receivedBytes(answer);
        onSent(sent, size);
        continue;
      }
      const permanent = answer && answer.status < 500 && answer.status !== 408 && answer.status !== 429;
      failures += 1;
      if (permanent || failures >= ATTEMPTS) {
        throw new Error(`The upload of ${file.path} was answered with ${answer?.status ?? 'no answer'}.`);
      }
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** failures));
    }
  } finally {
    await source.close();
  }
}

async function put(
  url: string,
  request: { contentType: string; range: string; body: Buffer; signal: AbortSignal },
): Promise<Response | undefined> {
  try {
    const answer = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': request.contentType, 'content-range': request.range },
      body: new Uint8Array(request.body),
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(30_000)]),
    });
    await answer.body?.cancel();
    return answer;
  } catch (error) {
    if (request.signal.aborted) throw error;
    return undefined;
  }
}

/** `Range: bytes=0-262143` says that 262144 bytes arrived; no header that none did. */
function receivedBytes(answer: Response): number {
  const last = /^bytes=0-(\d+)$/.exec(answer.headers.get('range') ?? '')?.[1];
  return last === undefined ? 0 : Number(last) + 1;
}
