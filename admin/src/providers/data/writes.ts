import type { BaseKey } from '@refinedev/core';
import { ApiError } from './api-error.ts';
import { openExchange, type PostgrestOptions } from './exchange.ts';
import { quote } from './literals.ts';
import type { Asked } from './meta.ts';
import { messageFor } from './problem.ts';

/** Variables of a write, which have to be an object. */
export function row(variables: unknown): Record<string, unknown> {
  if (typeof variables === 'object' && variables !== null) return variables as Record<string, unknown>;
  throw new ApiError({ statusCode: 400, code: 'query.bad_value', message: messageFor(400) });
}

/** The rows with these keys, as a logic tree. */
export function anyKey(primaryKey: string, ids: readonly BaseKey[]): string {
  return `and(${primaryKey}.in.(${ids.map(quote).join(',')}))`;
}

export function isMissing(error: unknown): error is ApiError {
  return error instanceof ApiError && error.statusCode === 404;
}

/** Nothing was written at this version: either somebody was faster (409, with the row as it is now), or it is gone (404). */
export async function whyNotWritten(
  options: PostgrestOptions,
  resource: string,
  id: BaseKey,
  asked: Asked,
  missing: ApiError,
): Promise<ApiError> {
  const { client, settle } = openExchange(options);
  try {
    const { data } = await settle(client.from(resource).select(asked.select).eq(asked.primaryKey, id).single());
    return new ApiError({
      statusCode: 409,
      code: 'row.version_conflict',
      message: messageFor(409),
      requestId: missing.requestId,
      details: { current: data },
    });
  } catch (error) {
    if (isMissing(error)) return missing;
    throw error;
  }
}

/** The rows of a write to several, if all were reached. @throws ApiError 409 `rows.partly_written` that lists the others. */
export function wholly(ids: readonly BaseKey[], rows: readonly unknown[], primaryKey: string): readonly unknown[] {
  const reached = new Set(rows.map((one) => String(row(one)[primaryKey])));
  const missed = ids.filter((id) => !reached.has(String(id)));
  if (missed.length === 0) return rows;
  throw new ApiError({
    statusCode: 409,
    code: 'rows.partly_written',
    message: messageFor(409),
    details: { written: rows, missed },
  });
}
