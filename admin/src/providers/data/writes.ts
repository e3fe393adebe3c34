import type { BaseKey, UpdateManyParams, UpdateParams } from '@refinedev/core';
import { ApiError } from './api-error.ts';
import { openExchange, type PostgrestOptions } from './exchange.ts';
import { anyRow, idOf, inChunks, isRow, type KeyColumns } from './keys.ts';
import { type Asked, readMeta } from './meta.ts';
import { messageFor } from './problem.ts';
import { asRow, type Row, shown } from './rows.ts';

/**
 * Changes one row. With `meta.version` only while it still has that version: otherwise 409 `row.version_conflict`, whose details hold the row
 * as it is now and what was to be written. @throws ApiError 404 for a row that does not exist, or may not be seen or changed
 */
export async function updateOne(options: PostgrestOptions, { resource, id, variables, meta }: UpdateParams<unknown>) {
  const asked = readMeta(meta, options.resources?.[resource]);
  const { client, settle } = openExchange(options);
  const values = asRow(variables);
  let request = client.from(resource).update(values).or(isRow(asked.key, id));
  // Not in the tree: PostgREST asks a tree of the answer's rows once more, which have the next version.
  if (asked.version !== undefined) request = request.eq(asked.versionColumn, asked.version);
  try {
    const { data } = await settle(request.select(selectWithKey(asked)).single(), undefined, Object.keys(values));
    return shown(data, asked.key);
  } catch (error) {
    if (asked.version === undefined || !isMissing(error)) throw error;
    throw await whyNotWritten(options, { resource, id, asked, values, missing: error });
  }
}

/** `select`, and the key with it: without it nobody could tell which rows were written. */
export function selectWithKey({ select, key }: Asked): string {
  // What stands between brackets are columns of an embedded relation.
  const named = select.replace(/\(.*\)/g, '()').split(',');
  return named.includes('*') ? select : [...key.filter((column) => !named.includes(column)), select].join(',');
}

function isMissing(error: unknown): error is ApiError {
  return error instanceof ApiError && error.statusCode === 404;
}

type Failed = { resource: string; id: BaseKey; asked: Asked; values: Row; missing: ApiError };

/** Nothing was written at this version: either somebody was faster (409, with the row as it is now), or it is gone (404). */
async function whyNotWritten(options: PostgrestOptions, failed: Failed): Promise<ApiError> {
  const { resource, id, asked, values, missing } = failed;
  const { client, settle } = openExchange(options);
  try {
    const { data } = await settle(client.from(resource).select(asked.select).or(isRow(asked.key, id)).single());
    return new ApiError({
      statusCode: 409,
      code: 'row.version_conflict',
      message: messageFor(409),
      requestId: missing.requestId,
      details: { current: shown(data, asked.key), attempted: values },
    });
  } catch (error) {
    if (isMissing(error)) return missing;
    throw error;
  }
}

/** What several rows become: other values, or nothing. */
export type BulkWrite = Pick<UpdateManyParams<unknown>, 'resource' | 'ids' | 'meta'> & { variables?: Row };

/**
 * Changes or deletes several rows in one request, and checks which were reached. Ids that do not fit into one address make it
 * several requests, one after the other; one request is one transaction, several are not.
 * @returns the rows as they are now, or as they last were
 * @throws ApiError 409 `rows.partly_written`: `details.written` are the rows that were reached, `details.missed` the ids of those that were
 *   not, because they are gone or hidden, or because a request failed (`cause`). When the first request fails, its own error.
 */
export async function writeMany(options: PostgrestOptions, { resource, ids, variables, meta }: BulkWrite) {
  const asked = readMeta(meta, options.resources?.[resource]);
  const written: Row[] = [];
  let cause: unknown;
  for (const chunk of inChunks(ids, asked.key, options)) {
    const { client, settle } = openExchange(options);
    const table = client.from(resource);
    const request = (variables ? table.update(variables) : table.delete()).or(anyRow(asked.key, chunk));
    try {
      const { data } = await settle(
        request.select(selectWithKey(asked)),
        undefined,
        variables ? Object.keys(variables) : [],
      );
      written.push(...(data ?? []).map((row: unknown) => shown(row, asked.key)));
    } catch (error) {
      if (written.length === 0) throw error;
      cause = error;
      break;
    }
  }
  return wholly({ ids, written, key: asked.key, cause });
}

function wholly({
  ids,
  written,
  key,
  cause,
}: {
  ids: readonly BaseKey[];
  written: Row[];
  key: KeyColumns;
  cause: unknown;
}) {
  const reached = new Set(written.map((row) => String(idOf(row, key))));
  const missed = ids.filter((id) => !reached.has(String(id)));
  if (missed.length === 0) return written;
  throw new ApiError({
    statusCode: 409,
    code: 'rows.partly_written',
    message: messageFor(409),
    details: { written, missed },
    cause,
  });
}
