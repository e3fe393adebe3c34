import { hasZodFastifySchemaValidationErrors } from '@fastify/type-provider-zod';
import type { FastifyError } from 'fastify';
import type { ProblemCode } from './catalogue.ts';
import { type ProblemError, problemOf } from './problem-error.ts';
import type { ProblemFieldError } from './schema.ts';

const sentences: Readonly<Record<string, string>> = {
  missing: 'This field is required.',
  uuid: 'This must be a UUID.',
};

/** Fastify's own refusals, by its error codes (https://fastify.dev/docs/latest/Reference/Errors/). */
function codeOf(error: FastifyError): ProblemCode | undefined {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' || error.statusCode === 413) {
    return 'request.too_large';
  }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || error.statusCode === 415) {
    return 'request.media_type_unsupported';
  }
  // A file that is not there, or a folder: neither is served, and which of the two it is, is nobody's business.
  if (error.statusCode === 403 || error.statusCode === 404) {
    return 'request.not_found';
  }
  return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
    ? 'request.malformed'
    : undefined;
}

/** The problem behind an error of Fastify's: a body that breaks its schema, cannot be parsed, is too large … or undefined. */
export function problemFromRequest(error: unknown): ProblemError | undefined {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.flatMap((entry) => fieldErrors(entry, error.validationContext));
    return problemOf('request.invalid', { errors });
  }
  if (error instanceof Error && 'statusCode' in error) {
    const code = codeOf(error as FastifyError);
    return code === undefined ? undefined : problemOf(code, { cause: error });
  }
  return undefined;
}

/** One zod issue, as the type provider hands it on. */
interface Issue {
  /** zod's code. */
  readonly keyword: string;
  /** `/items/0/name`; `/` is the whole. */
  readonly instancePath: string;
  readonly message?: string | undefined;
  /** The rest of the issue. */
  readonly params: Readonly<Record<string, unknown>>;
}

function kindOf({ keyword, message, params }: Issue): string {
  if (keyword === 'invalid_type' && message?.endsWith('received undefined') === true) {
    return 'missing';
  }
  return typeof params.format === 'string' ? params.format : keyword;
}

function fieldErrors(issue: Issue, context: string | undefined): ProblemFieldError[] {
  // A parameter of the path or the query is no part of the body; it gets a pointer that says where it is.
  const root = context === undefined || context === 'body' ? '#' : `#/${context}`;
  const pointer = issue.instancePath === '/' ? root : root + issue.instancePath;
  if (issue.keyword === 'unrecognized_keys' && Array.isArray(issue.params.keys)) {
    const keys = issue.params.keys.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'));
    return keys.map((key) => ({
      pointer: `${pointer}/${key}`,
      detail: 'This field is not known.',
      code: 'field.unknown',
    }));
  }
  const kind = kindOf(issue);
  return [{ pointer, detail: sentences[kind] ?? issue.message ?? 'This field is wrong.', code: `field.${kind}` }];
}
