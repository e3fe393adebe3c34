import type { HttpError, ValidationErrors } from '@refinedev/core';

export type ApiErrorInput = {
  /** The HTTP status; 0 when no answer came. */
  statusCode: number;
  /** Stable code such as `share.already_revoked`, or the SQLSTATE / PGRST code where the server has none. */
  code: string;
  message: string;
  /** Id under which the server's logs know this request. */
  requestId?: string | undefined;
  /** Messages for single fields, by the field's name. */
  errors?: ValidationErrors | undefined;
  details?: unknown;
  /** When to ask again, by the `Retry-After` of the answer. */
  retryAfterSeconds?: number | undefined;
  cause?: unknown;
};

/** What every failed request of this app becomes, whichever door it knocked at. */
export class ApiError extends Error implements HttpError {
  [key: string]: unknown;
  readonly statusCode: number;
  readonly code: string;
  readonly requestId: string | undefined;
  declare readonly errors?: ValidationErrors;
  declare readonly details?: unknown;
  declare readonly retryAfterSeconds?: number;

  constructor(given: ApiErrorInput) {
    super(given.message, { cause: given.cause });
    this.name = 'ApiError';
    this.statusCode = given.statusCode;
    this.code = given.code;
    this.requestId = given.requestId;
    if (given.errors) this.errors = given.errors;
    if (given.details !== undefined) this.details = given.details;
    if (given.retryAfterSeconds !== undefined) this.retryAfterSeconds = given.retryAfterSeconds;
  }
}

export function isApiError(error: unknown): error is ApiError {
  return error instanceof ApiError;
}
