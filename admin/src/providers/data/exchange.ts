import { PostgrestClient } from '@supabase/postgrest-js';
import { ApiError } from './api-error.ts';
import { fromBody, messageFor, type PostgrestProblem } from './problem.ts';

export type PostgrestOptions = {
  /** Absolute or same-origin address of PostgREST, e.g. `/rest`. */
  url: string;
  /** Sends the request with the caller's token. */
  fetch: typeof globalThis.fetch;
};

type Answer<T> = { data: T | null; count: number | null; error: PostgrestProblem | null; status: number };

/**
 * One request to PostgREST: a client of its own, so that the answer's `x-request-id`, which the client library hides, can
 * be told together with an error. Retrying is left to the query client; here every request is sent once.
 */
export function openExchange(options: PostgrestOptions) {
  let requestId: string | undefined;
  let httpStatus = 0;
  const client = new PostgrestClient(new URL(options.url, globalThis.location?.href).href.replace(/\/$/, ''), {
    retry: false,
    fetch: async (input, init) => {
      const response = await options.fetch(input, init);
      requestId = response.headers.get('x-request-id') ?? undefined;
      httpStatus = response.status;
      return response;
    },
  });

  /**
   * @returns the answer, when the server agreed
   * @throws ApiError otherwise, with the HTTP status; an aborted request throws its AbortError.
   */
  async function settle<T>(request: PromiseLike<Answer<T>>, signal?: AbortSignal): Promise<Answer<T>> {
    const answer = await request;
    // The client library takes a 404 without a body for an empty success; the status on the wire is what counts.
    if (!answer.error && httpStatus < 400) return answer;
    signal?.throwIfAborted();
    if (httpStatus === 0) {
      throw new ApiError({ statusCode: 0, code: 'http.unreachable', message: messageFor(0), cause: answer.error });
    }
    throw fromBody(httpStatus, answer.error ?? {}, requestId);
  }

  return { client, settle };
}
