import type { ValidationErrors } from '@refinedev/core';
import { text } from '../../locales/index.ts';
import type { PostgrestProblem } from './problem.ts';

/**
 * The fields that a violated constraint is about, from what Postgres says of it. PostgREST passes on its message and detail and nothing more
 * structured, so this reads the sentences of `lc_messages = C` or English; what it cannot read is an error of the whole form.
 *
 * @param written names of the fields that were written: of a check only its constraint's name is told, `<table>_<column>_…`
 */
export function faultsOf(body: PostgrestProblem, written: readonly string[]): ValidationErrors | undefined {
  const { faults } = text;
  switch (body.code) {
    case '23502':
      return at(columnIn(body.message), faults.missing);
    case '23503':
      return at(keyIn(body.details), faults.unknown);
    case '23505':
      return at(keyIn(body.details), faults.taken);
    case '23514':
      return at(checkedAmong(written, body.message), faults.refused);
    default:
      return undefined;
  }
}

function at(fields: readonly string[], message: string): ValidationErrors | undefined {
  return fields.length === 0 ? undefined : Object.fromEntries(fields.map((field) => [field, [message]]));
}

/** `null value in column "title" of relation "videos" violates not-null constraint` */
function columnIn(message = ''): string[] {
  const column = /^null value in column "([^"]+)"/.exec(message)?.[1];
  return column === undefined ? [] : [column];
}

/** `Key (coach_id, title)=(…) already exists.` or `… is not present in table "profiles".` */
function keyIn(detail: string | null | undefined): string[] {
  return /^Key \(([^()]+)\)=/.exec(detail ?? '')?.[1]?.split(', ') ?? [];
}

/** `new row for relation "videos" violates check constraint "videos_title_check"` */
function checkedAmong(written: readonly string[], message = ''): string[] {
  const [, relation, constraint = ''] = /relation "([^"]+)" violates check constraint "([^"]+)"/.exec(message) ?? [];
  const named = written.filter((field) => constraint.startsWith(`${relation}_${field}_`));
  // Of `title` and `title_sort` the longer is meant where both fit.
  return named.sort((one, other) => other.length - one.length).slice(0, 1);
}
