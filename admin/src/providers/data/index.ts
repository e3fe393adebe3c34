import type { DataProvider } from '@refinedev/core';
import { openExchange, type PostgrestOptions } from './exchange.ts';
import { callCustom } from './functions.ts';
import { anyRow, inChunks, isRow } from './keys.ts';
import { readList } from './list.ts';
import { readMeta } from './meta.ts';
import { asRow, shown } from './rows.ts';
import { selectWithKey, updateOne, writeMany } from './writes.ts';

export { ApiError, isApiError } from './api-error.ts';
export type { PostgrestOptions } from './exchange.ts';
export type { PostgrestMeta } from './meta.ts';

/**
 * Refine's data provider for PostgREST ≥ 12. README.md beside this file tells all that it can be asked.
 *
 * - Values never become structure: see `literals.ts`. Names that are not names are refused: see `field.ts`.
 * - One-row reads and writes ask for exactly one object. A row that row-level security hides is a 404, never a success
 *   without effect and never an empty record.
 * - Errors are ApiErrors with the HTTP status, the stable code, messages by field and the request's id.
 * - Each request is sent once; retrying is the query client's business.
 */
export function createDataProvider(options: PostgrestOptions) {
  const asOf = (resource: string, meta: Parameters<typeof readMeta>[0]) =>
    readMeta(meta, options.resources?.[resource]);

  return {
    getApiUrl: () => options.url,
    getList: (params) => readList(options, params),

    async getOne({ resource, id, meta }) {
      const asked = asOf(resource, meta);
      const { client, settle } = openExchange(options);
      let request = client.from(resource).select(selectWithKey(asked)).or(isRow(asked.key, id));
      if (asked.signal) request = request.abortSignal(asked.signal);
      const { data } = await settle(request.single(), asked.signal);
      return { data: shown(data, asked.key) };
    },

    /** In as few requests as the ids fit into addresses; what cannot be seen is missing from the answer. */
    async getMany({ resource, ids, meta }) {
      const asked = asOf(resource, meta);
      const read = inChunks(ids, asked.key, options).map(async (chunk) => {
        const { client, settle } = openExchange(options);
        let request = client.from(resource).select(selectWithKey(asked)).or(anyRow(asked.key, chunk));
        if (asked.signal) request = request.abortSignal(asked.signal);
        const { data } = await settle(request, asked.signal);
        return (data ?? []).map((row: unknown) => shown(row, asked.key));
      });
      return { data: (await Promise.all(read)).flat() };
    },

    async create({ resource, variables, meta }) {
      const asked = asOf(resource, meta);
      const { client, settle } = openExchange(options);
      const values = asRow(variables);
      const request = client.from(resource).insert(values).select(selectWithKey(asked)).single();
      const { data } = await settle(request, undefined, Object.keys(values));
      return { data: shown(data, asked.key) };
    },

    /** One request: all of them, or none. */
    async createMany({ resource, variables, meta }) {
      const asked = asOf(resource, meta);
      const { client, settle } = openExchange(options);
      const request = client.from(resource).insert(variables.map(asRow)).select(selectWithKey(asked));
      const { data } = await settle(request);
      return { data: (data ?? []).map((row: unknown) => shown(row, asked.key)) };
    },

    update: async (params) => ({ data: await updateOne(options, params) }),

    updateMany: async ({ resource, ids, variables, meta }) => ({
      data: await writeMany(options, { resource, ids, variables: asRow(variables), meta: meta ?? {} }),
    }),

    async deleteOne({ resource, id, meta }) {
      const asked = asOf(resource, meta);
      const { client, settle } = openExchange(options);
      const request = client.from(resource).delete().or(isRow(asked.key, id)).select(selectWithKey(asked));
      const { data } = await settle(request.single());
      return { data: shown(data, asked.key) };
    },

    deleteMany: async ({ resource, ids, meta }) => ({
      data: await writeMany(options, { resource, ids, meta: meta ?? {} }),
    }),

    custom: async (params) => ({ data: await callCustom(options, params) }),
  } satisfies UntypedDataProvider as unknown as DataProvider;
}

/**
 * Refine's type lets the caller choose the type of the rows, which no provider can check; inside, rows are unknown and
 * the one cast at the end says so.
 */
type UntypedDataProvider = {
  [Method in keyof Required<DataProvider>]: Required<DataProvider>[Method] extends (
    params: infer Params extends object,
  ) => Promise<infer _Answer>
    ? (params: Params) => Promise<{ data: unknown }>
    : Required<DataProvider>[Method];
};
