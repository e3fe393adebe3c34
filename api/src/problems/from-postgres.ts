import { DatabaseError } from 'pg';
import { z } from 'zod';
import { DatabaseUnavailableError } from '../db/unavailable.ts';
import type { ProblemCode } from './catalogue.ts';
import { foreignProblem, type ProblemError, problemOf } from './problem-error.ts';
import { problemFieldError } from './schema.ts';

/** What SQL may put into DETAIL of an error it raises on purpose (`app.fail`). */
const raisedDetail = z.object({
  errors: z.array(problemFieldError).optional(),
  retryAfterSeconds: z.int().positive().optional(),
});

/** SQLSTATEs, or classes of them (two characters), that PostgreSQL raises by itself. The first match counts. */
const sqlStates: readonly [state: string, code: ProblemCode][] = [
  ['08', 'service.unavailable'], // connection exception
  ['57P', 'service.unavailable'], // shutdown, crash, cannot connect now
  ['57014', 'service.unavailable'], // statement timeout
  ['53', 'service.unavailable'], // out of disk, memory or connections
  ['55P03', 'service.unavailable'], // lock not available
  ['40', 'service.unavailable'], // serialisation failure, deadlock
  ['25006', 'service.unavailable'], // read-only: a standby answered
  ['42501', 'auth.forbidden'], // privilege or row-level security
  ['23505', 'data.conflict'],
  ['23503', 'data.conflict'],
  ['23P01', 'data.conflict'],
  ['23514', 'data.invalid'],
  ['23502', 'data.invalid'],
];

/** SQL names its columns in snake_case, this API its fields in camelCase. */
function toApiPointer(pointer: string): string {
  return pointer.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function readRaisedDetail(text: string | undefined): z.output<typeof raisedDetail> {
  if (text === undefined || !text.startsWith('{')) {
    return {};
  }
  try {
    const parsed = raisedDetail.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

/**
 * The problem behind a failed statement, or undefined when the error does not come from the database.
 *
 * `PTxyz` is a refusal raised on purpose: xyz is the status, the hint the code, the message the sentence for the reader. Anything
 * else is a fault of ours or of the machine: it is answered without a word of SQL, because those words can name other tenants' rows.
 */
export function problemFromPostgres(error: unknown): ProblemError | undefined {
  if (error instanceof DatabaseUnavailableError) {
    return problemOf('service.unavailable', { cause: error });
  }
  if (!(error instanceof DatabaseError)) {
    return undefined;
  }
  const state = error.code ?? '';
  const raised = /^PT([45]\d\d)$/.exec(state);
  if (raised !== null) {
    const { errors, retryAfterSeconds } = readRaisedDetail(error.detail);
    return foreignProblem(error.hint ?? 'request.refused', Number(raised[1]), {
      detail: error.message,
      errors: errors?.map((field) => ({ ...field, pointer: toApiPointer(field.pointer) })),
      retryAfterSeconds,
      cause: error,
    });
  }
  const known = sqlStates.find(([prefix]) => state.startsWith(prefix));
  return problemOf(known?.[1] ?? 'service.failed', { cause: error });
}
