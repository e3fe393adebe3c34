import { ApiError } from './api-error.ts';

const column = '[a-z_][a-z0-9_]*(?:->>?[A-Za-z0-9_]+)*';
const plainColumn = new RegExp(`^${column}$`);
/** A relation as PostgREST's `select` names it, with the foreign key where there are two: `profiles!videos_coach_id_fkey`. */
const relation = '[a-z_][a-z0-9_]*(?:![a-z_][a-z0-9_]*)?';
const plainField = new RegExp(`^(?:${relation}\\.)*${column}$`);

/**
 * Lets a column name through, optionally with a JSON path (`after->>status`), and nothing else.
 *
 * Names of columns come from our code, but lists keep their filters in the URL, so a name may also come from a link that
 * somebody else made. A name cannot be quoted away the way a value can; it is refused instead.
 * @throws ApiError 400 with code `query.bad_field`.
 */
export function fieldName(field: string): string {
  if (!plainColumn.test(field)) throw badField(field);
  return field;
}

/** A column, and the embedded relations on the way to it: `coach.display_name` is `display_name` of `coach`. */
export type FieldPath = { relations: readonly string[]; column: string };

/** As `fieldName`, and a column of a related row may be named by a path of relations, from here to there. */
export function fieldPath(field: string): FieldPath {
  if (!plainField.test(field)) throw badField(field);
  const steps = field.split('.');
  return { relations: steps.slice(0, -1), column: steps.at(-1) ?? field };
}

export function badField(field: string): ApiError {
  return new ApiError({
    statusCode: 400,
    code: 'query.bad_field',
    message: `“${field}” is not the name of a column.`,
  });
}
