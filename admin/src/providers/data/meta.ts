import type { MetaQuery } from '@refinedev/core';
import { fieldName } from './field.ts';
import type { CountMode } from './page.ts';

/** What `meta` may say to this provider. */
export type PostgrestMeta = {
  /** Columns, as PostgREST's `select`. Default `*`. */
  select?: string;
  /** Name of the primary key. Default `id`. */
  primaryKey?: string;
  /** How the total of a list is found. Default `estimated`. */
  count?: CountMode;
  /** Columns whose empty values come last in either direction. */
  nullsLast?: readonly string[];
  /** Optimistic concurrency: the version the caller saw; the row is written only while it still has it. */
  version?: number;
  /** For `custom`: the function answers several rows. Default: one row, and no row is an error. */
  many?: boolean;
};

export type Asked = ReturnType<typeof readMeta>;

/** What was asked, with the defaults filled in, and the signal by which the query client gives a request up. */
export function readMeta(meta: MetaQuery | undefined) {
  const asked = (meta ?? {}) as PostgrestMeta;
  const signal: AbortSignal | undefined = meta?.queryContext?.signal;
  return {
    ...asked,
    select: asked.select ?? '*',
    primaryKey: fieldName(asked.primaryKey ?? 'id'),
    count: asked.count ?? 'estimated',
    signal,
  };
}
