import type { ValidationErrors } from '@refinedev/core';
import { z } from 'zod';
import { text } from '../../locales/index.ts';
import { ApiError } from './api-error.ts';
import { faultsOf } from './field-faults.ts';

/** The error body of PostgREST; `details` and `hint` carry what the SQL function put there. */
export type PostgrestProblem = { message?: string; details?: string | null; hint?: string | null; code?: string };

const fieldErrors = z.object({
  errors: z.array(z.object({ pointer: z.string(), detail: z.string(), code: z.string().optional() })),
});

/**
 * A refusal of PostgREST as ApiError.
 *
 * Our own SQL raises `PTxyz`: its message is written for people, the hint is the stable code, the details name fields.
 * Everything else (SQLSTATEs, PGRSTnnn) is written for programmers: people get a plain sentence by the status instead, and
 * the original stays in `cause`. What a violated constraint is about stands at its fields.
 */
function fromPostgrest(
  status: number,
  body: PostgrestProblem,
  requestId: string | undefined,
  written: readonly string[],
): ApiError {
  const own = /^PT\d{3}$/.test(body.code ?? '');
  const noRow = body.code === 'PGRST116' && status === 406;
  const statusCode = noRow ? 404 : status;
  return new ApiError({
    statusCode,
    code: (own ? body.hint : body.code) || `http.${statusCode}`,
    message: own && body.message ? body.message : messageFor(statusCode, body.code),
    requestId,
    errors: own ? errorsByField(body.details) : faultsOf(body, written),
    cause: body,
  });
}

/** RFC 9457 problem details, as the HTTP API answers, and as it answers in PostgREST's place when that is away. */
const problemDetails = z.object({
  detail: z.string(),
  code: z.string(),
  requestId: z.string().optional(),
  errors: fieldErrors.shape.errors.optional(),
});

/**
 * A refusal of either door: problem details where the body holds them, else PostgREST's own shape.
 * @param retryAfter the header of that name, in seconds
 * @param written names of the fields that the request would have written
 */
export function fromBody(
  status: number,
  body: unknown,
  requestId: string | undefined,
  retryAfter?: string | null,
  written: readonly string[] = [],
): ApiError {
  const problem = problemDetails.safeParse(body);
  if (!problem.success) return fromPostgrest(status, isRecord(body) ? body : {}, requestId, written);
  const { detail, code, errors } = problem.data;
  return new ApiError({
    statusCode: status,
    code,
    message: detail,
    requestId: problem.data.requestId ?? requestId,
    errors: errors && toValidationErrors(errors),
    retryAfterSeconds: /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined,
    cause: body,
  });
}

function isRecord(value: unknown): value is PostgrestProblem {
  return typeof value === 'object' && value !== null;
}

/** Plain sentences for what the server did not explain itself. */
export function messageFor(status: number, code?: string): string {
  if (code === '57014') return text.problems.tooSlow;
  if (status === 0) return text.problems.offline;
  if (status === 400) return text.problems.badRequest;
  if (status === 401) return text.problems.signedOut;
  if (status === 403) return text.problems.refused;
  if (status === 404 || status === 406) return text.problems.notFound;
  if (status === 409) return text.problems.conflict;
  if (status === 416) return text.problems.pageGone;
  if (status === 429) return text.problems.tooMany;
  if (status === 502 || status === 503 || status === 504) return text.problems.unavailable;
  return text.problems.unexpected;
}

function errorsByField(details: string | null | undefined): ValidationErrors | undefined {
  const parsed = fieldErrors.safeParse(readJson(details));
  return parsed.success ? toValidationErrors(parsed.data.errors) : undefined;
}

/** Messages by field name, from RFC 9457 style entries with a JSON Pointer such as `#/expires_at`. */
export function toValidationErrors(
  errors: readonly { pointer: string; detail: string }[],
): ValidationErrors | undefined {
  const byField: Record<string, string[]> = {};
  for (const { pointer, detail } of errors) {
    const field = decodeURIComponent(pointer.replace(/^#?\//, ''))
      .split('/')
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
      .join('.');
    byField[field] = [...(byField[field] ?? []), detail];
  }
  return errors.length === 0 ? undefined : byField;
}

function readJson(json: string | null | undefined): unknown {
  try {
    return JSON.parse(json ?? '');
  } catch {
    return undefined;
  }
}
