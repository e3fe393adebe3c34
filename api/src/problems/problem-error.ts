import { catalogue, findKind, type ProblemCode, type ProblemKind } from './catalogue.ts';
import type { Problem, ProblemFieldError } from './schema.ts';

export interface ProblemOptions {
  /** Sentence for the caller; the catalogue's own when left out. Never a secret, SQL text or a value of another tenant. */
  readonly detail?: string | undefined;
  readonly errors?: readonly ProblemFieldError[] | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** What really happened, for the log only. */
  readonly cause?: unknown;
}

/** A refusal or failure that is meant to be answered. Public words in `detail`, inner reason in `cause`. */
export class ProblemError extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly errors: readonly ProblemFieldError[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: string, kind: ProblemKind, options: ProblemOptions = {}) {
    super(options.detail ?? kind.detail, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.status = kind.status;
    this.title = kind.title;
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds ?? kind.retryAfterSeconds;
  }

  /** The answer's body (RFC 9457). */
  toProblem(requestId: string): Problem {
    return {
      type: problemType(this.code),
      title: this.title,
      status: this.status,
      detail: this.message,
      code: this.code,
      requestId,
      ...(this.errors === undefined || this.errors.length === 0 ? {} : { errors: [...this.errors] }),
    };
  }
}

/** The `type` of a code: a stable URN, so that it means the same in every environment. */
export function problemType(code: string): string {
  return `urn:motion-mavericks:problem:${code}`;
}

/** A problem of the catalogue. */
export function problemOf(code: ProblemCode, options: ProblemOptions = {}): ProblemError {
  return new ProblemError(code, catalogue[code], options);
}

/** A problem raised elsewhere with its own status; a code outside the catalogue keeps its status and says so plainly. */
export function foreignProblem(code: string, status: number, options: ProblemOptions = {}): ProblemError {
  const kind = findKind(code) ?? { title: 'The request was refused', detail: 'The request was refused.', advice: '' };
  return new ProblemError(code, { ...kind, status }, options);
}
