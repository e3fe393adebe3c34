import { ApiError } from './api-error.ts';

const plainField = /^[a-z_][a-z0-9_]*(?:->>?[A-Za-z0-9_]+)*$/;

/**
 * Lets a column name through, optionally with a JSON path (`after->>status`), and nothing else.
 *
 * Names of columns come from our code, but lists keep their filters in the URL, so a name may also come from a link that
 * somebody else made. A name cannot be quoted away the way a value can; it is refused instead.
 * @throws HttpError 400 with code `query.bad_field`.
 */
export function fieldName(field: string): string {
  if (!plainField.test(field)) {
    throw new ApiError({
      statusCode: 400,
      code: 'query.bad_field',
      message: `“${field}” is not the name of a column.`,
    });
  }
  return field;
}
