import { PostgrestClient } from '@supabase/postgrest-js';
import { ApiError } from './api-error.ts';
import type { ResourceOptions } from './meta.ts';
import { fromBody, messageFor, type PostgrestProblem } from './problem.ts';

export type PostgrestOptions = {
  /** Absolute or same-origin address of PostgREST, e.g. `/rest`. */
  url: string;
  /** Sends the request with the caller's token. */
  fetch: typeof globalThis.fetch;
  /** What is known of the resources, by name. */
  resources?: Readonly<Record<string, ResourceOptions>>;
  /** PostgREST's `db-max-rows`. Default 1000. No answer has more rows; a `capped` count goes no further. */
  maxRows?: number;
  /** How far `capped` counts. Default, and at most, `maxRows`. */
  countCap?: number;
  /** Most characters of ids in one address, escapes included. Default 6000: servers and proxies take 8 kB. */
  idBudget?: number;
};

type Answer<T> = { data: T | null; count: number | null; error: PostgrestProblem | null; status: number };

/**
 * One request to PostgREST: a client of its own, so that the answer's headers, which the client library hides, can
 * be told together with it. Retrying is left to the query client; here every request is sent once.
 */
export function openExchange(options: PostgrestOptions) {
  let answered: Response | undefined;
  const client = new PostgrestClient(new URL(options.url, globalThis.location?.href).href.replace(/\/$/, ''), {
    retry: false,
    fetch: async (input, init) => {
      answered = await options.fetch(input, init);
      return answered;
    },
  });

  /**
   * @param written names of the fields that the request would have written, for errors about them
   * @returns the answer, when the server agreed
   * @throws ApiError otherwise, with the HTTP status; an aborted request throws its AbortError.
   */
  async function settle<T>(
    request: PromiseLike<Answer<T>>,
    signal?: AbortSignal,
    written: readonly string[] = [],
  ): Promise<Answer<T>> {
    const answer = await request;
    const status = answered?.status ?? 0;
    // The client library takes a 404 without a body for an empty success; the status on the wire is what counts.
    if (!answer.error && status < 400 && answered) return answer;
    signal?.throwIfAborted();
    if (!answered) {
      throw new ApiError({ statusCode: 0, code: 'http.unreachable', message: messageFor(0), cause: answer.error });
    }
    throw fromBody(
      status,
      answer.error ?? {},
      answered.headers.get('x-request-id') ?? undefined,
      answered.headers.get('retry-after'),
      written,
    );
  }

  /** How many rows the answer has or, to a HEAD request, would have. */
  const rowsInRange = () => {
    const [, from, to] = /^(\d+)-(\d+)\//.exec(answered?.headers.get('content-range') ?? '') ?? [];
    return from === undefined || to === undefined ? 0 : Number(to) - Number(from) + 1;
  };

  return { client, settle, rowsInRange };
}
