import { ApiError } from './api-error.ts';
import { withoutAliases } from './ask.ts';
import { idOf, type KeyColumns } from './keys.ts';
import { messageFor } from './problem.ts';

export type Row = Record<string, unknown>;

/** Variables of a write, or a row of an answer, which have to be an object. */
export function asRow(value: unknown): Row {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row;
  throw new ApiError({ statusCode: 400, code: 'query.bad_value', message: messageFor(400) });
}

/** A row as Refine is given it: with an `id`, also where its key has another name or several columns. */
export function shown(value: unknown, key: KeyColumns): Row {
  const row = asRow(withoutAliases(value));
  return key.length === 1 && key[0] === 'id' ? row : { ...row, id: idOf(row, key) };
}
