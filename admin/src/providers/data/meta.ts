import type { MetaQuery } from '@refinedev/core';
import { fieldName } from './field.ts';
import { keyColumns } from './keys.ts';
import type { CountMode } from './page.ts';

/** What is known of a resource; each call's `meta` may say otherwise. */
export type ResourceOptions = {
  /** Name of the primary key, or names. Default `id`. */
  primaryKey?: string | readonly string[];
  /** How the total of a list is found. Default `estimated`. */
  count?: CountMode;
  /** `keyset`: without a cursor the first page, and every answer has cursors. Default `offset`. */
  paging?: 'offset' | 'keyset';
  /** Columns that are never empty, besides the key: what is sorted by them is paged through at the same cost on every page. */
  required?: readonly string[];
  /** The column that optimistic concurrency compares. Default `version`. */
  versionColumn?: string;
};

/** What `meta` may say to this provider. */
export type PostgrestMeta = ResourceOptions & {
  /** Columns, as PostgREST's `select`. Default `*`. */
  select?: string;
  /** Where a list goes on: a cursor of the page before it, or of the one after it. */
  cursor?: string | undefined;
  /** Columns whose empty values come last in either direction. */
  nullsLast?: readonly string[];
  /** Columns whose empty values come first in either direction. */
  nullsFirst?: readonly string[];
  /** Optimistic concurrency: the version the caller saw; the row is written only while it still has it. */
  version?: number | string;
  /** For `custom`: the function answers several rows. Default: one row, and no row is an error. */
  many?: boolean;
};

export type Asked = ReturnType<typeof readMeta>;

/** What was asked, with the defaults filled in, and the signal by which the query client gives a request up. */
export function readMeta(meta: MetaQuery | undefined, resource: ResourceOptions = {}) {
  const asked: PostgrestMeta = { ...resource, ...(meta as PostgrestMeta | undefined) };
  const signal: AbortSignal | undefined = meta?.queryContext?.signal;
  const key = keyColumns(asked.primaryKey ?? 'id');
  return {
    ...asked,
    select: asked.select ?? '*',
    key,
    required: new Set([...key, ...(asked.required ?? [])]),
    count: asked.count ?? 'estimated',
    versionColumn: fieldName(asked.versionColumn ?? 'version'),
    signal,
  };
}
