import { hasZodFastifySchemaValidationErrors } from '@fastify/type-provider-zod';
import type { FastifyError } from 'fastify';
import { type ProblemError, problemOf } from './problem-error.ts';
import type { ProblemFieldError } from './schema.ts';

const sentences: Readonly<Record<string, string>> = {
  missing: 'This field is required.',
  uuid: 'This must be a UUID.',
};

/** Fastify's own refusals, by its error codes (https://fastify.dev/docs/latest/Reference/Errors/). */
function codeOf(
  error: FastifyError,
): 'request.malformed' | 'request.too_large' | 'request.media_type_unsupported' | undefined {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' || error.statusCode === 413) {
    return 'request.too_large';
  }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || error.statusCode === 415) {
    return 'request.media_type_unsupported';
  }
  return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
    ? 'request.malformed'
    : undefined;
}

/** The problem behind an error of Fastify's: a body that breaks its schema, cannot be parsed, is too large … or undefined. */
export function problemFromRequest(error: unknown): ProblemError | undefined {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.flatMap((entry) => fieldErrors(entry.params.issue, error.validationContext));
    return problemOf('request.invalid', { errors });
  }
  if (error instanceof Error && 'statusCode' in error) {
    const code = codeOf(error as FastifyError);
    return code === undefined ? undefined : problemOf(code, { cause: error });
  }
  return undefined;
}

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly input?: unknown;
  readonly format?: unknown;
  readonly keys?: unknown;
}

function fieldErrors(issue: Issue, context: string | undefined): ProblemFieldError[] {
  // A parameter of the path or the query is no part of the body; it gets a pointer that says where it is.
  const root = context === undefined || context === 'body' ? '#' : `#/${context}`;
  const base = root + issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  if (issue.code === 'unrecognized_keys' && Array.isArray(issue.keys)) {
    return issue.keys.map((key) => ({
      pointer: `${base}/${String(key)}`,
      detail: 'This field is not known.',
      code: 'field.unknown',
    }));
  }
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  const kind = missing ? 'missing' : typeof issue.format === 'string' ? issue.format : (issue.code ?? 'invalid');
  return [{ pointer: base, detail: sentences[kind] ?? issue.message, code: `field.${kind}` }];
}
