import { APIError } from '@mux/mux-node';
import { type ProblemError, problemOf } from '../../problems/problem-error.ts';

/** A refusal of Mux (4xx) is our mistake or our account's and will repeat; anything else may pass. */
export function vendorProblem(error: unknown): ProblemError {
  const status: unknown = error instanceof APIError ? error.status : undefined;
  const refused = typeof status === 'number' && status >= 400 && status < 500 && status !== 408 && status !== 429;
  return problemOf(refused ? 'upload.vendor_refused' : 'upload.vendor_unavailable', { cause: error });
}
