import type { BaseKey } from '@refinedev/core';
import { ApiError } from './api-error.ts';
import type { PostgrestOptions } from './exchange.ts';
import { fieldName } from './field.ts';
import { quote } from './literals.ts';
import { messageFor } from './problem.ts';

/** Names of the columns of a primary key. */
export type KeyColumns = readonly string[];

export function keyColumns(primaryKey: string | readonly string[]): KeyColumns {
  return [primaryKey].flat().map(fieldName);
}

/**
 * The id of a row, as Refine knows it: the value of its key, or for a key of several columns their values as a JSON array, which no value
 * can forge.
 */
export function idOf(row: Readonly<Record<string, unknown>>, key: KeyColumns): BaseKey {
  const [only, ...others] = key;
  if (only === undefined || others.length > 0) return JSON.stringify(key.map((column) => row[column]));
  const value = row[only];
  return typeof value === 'number' ? value : String(value);
}

/** @throws ApiError 400 `query.bad_key` for an id that is not one of a key of so many columns. */
function valuesOf(id: BaseKey, key: KeyColumns): readonly unknown[] {
  if (key.length === 1) return [id];
  const values = readJson(String(id));
  if (Array.isArray(values) && values.length === key.length && values.every(isScalar)) return values;
  throw new ApiError({ statusCode: 400, code: 'query.bad_key', message: messageFor(400) });
}

const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The row with this id, as part of a logic tree. */
export function isRow(key: KeyColumns, id: BaseKey): string {
  const values = valuesOf(id, key);
  return `and(${key.map((column, index) => `${column}.eq.${quote(values[index])}`).join(',')})`;
}

/** The rows with these ids, as the inside of `or=(…)`; never empty, also where no id is given. */
export function anyRow(key: KeyColumns, ids: readonly BaseKey[]): string {
  const [only, ...others] = key;
  if (ids.length === 0 || only === undefined) return `${key[0]}.in.()`;
  if (others.length > 0) return ids.map((id) => isRow(key, id)).join(',');
  // PostgREST reads `in.("")` as the empty list; a list of one is an equality anyway.
  return ids.length === 1 ? `${only}.eq.${quote(ids[0])}` : `${only}.in.(${ids.map(quote).join(',')})`;
}

/**
 * Ids in as few lists as fit into an address each, every id once.
 * @param limits `idBudget`: most characters that a list may take in the address, escapes included; `maxRows`: most rows of an answer
 */
export function inChunks(
  ids: readonly BaseKey[],
  key: KeyColumns,
  limits: Pick<PostgrestOptions, 'idBudget' | 'maxRows'>,
): BaseKey[][] {
  const { idBudget = 6000, maxRows = 1000 } = limits;
  const chunks: BaseKey[][] = [];
  let left = 0;
  for (const id of new Set(ids)) {
    const part = key.length > 1 ? isRow(key, id) : quote(id);
    const length = encodeURIComponent(part).length + '%2C'.length;
    const last = chunks.at(-1);
    if (last === undefined || length > left || last.length === maxRows) {
      chunks.push([id]);
      left = idBudget - length;
    } else {
      last.push(id);
      left -= length;
    }
  }
  return chunks;
}
