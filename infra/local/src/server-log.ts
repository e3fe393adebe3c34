import type { Readable } from 'node:stream';

/** Enough to see why a server did not come up. */
const KEPT_LINES = 40;

/**
 * Reads a server's output line by line: each goes to `onLine`, and the last ones stay in the answered list, which grows and
 * shifts as the server speaks.
 */
export function readServerLog(
  server: { stdout: Readable; stderr: Readable },
  onLine: ((line: string) => void) | undefined,
): readonly string[] {
  const lastWords: string[] = [];
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      for (const line of chunk.split('\n').filter(Boolean)) {
        lastWords.push(line);
        if (lastWords.length > KEPT_LINES) lastWords.shift();
        onLine?.(line);
      }
    });
  }
  return lastWords;
}
