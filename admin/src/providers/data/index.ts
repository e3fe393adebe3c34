import type { DataProvider } from '@refinedev/core';
import { ApiError } from './api-error.ts';
import { openExchange, type PostgrestOptions } from './exchange.ts';
import { filterTree } from './filters.ts';
import { readMeta } from './meta.ts';
import { orderTerms } from './order.ts';
import { pageRange, totalWithoutCount } from './page.ts';
import { messageFor } from './problem.ts';
import { anyKey, isMissing, row, wholly, whyNotWritten } from './writes.ts';

export { ApiError, isApiError } from './api-error.ts';
export type { PostgrestOptions } from './exchange.ts';
export type { PostgrestMeta } from './meta.ts';

/**
 * Refine's data provider for PostgREST ≥ 12.
 *
 * - Values never become structure: see `literals.ts`. Names that are not names are refused: see `field.ts`.
 * - One-row reads and writes ask for exactly one object. A row that row-level security hides is a 404, never a success
 *   without effect and never an empty record.
 * - Errors are ApiErrors with the HTTP status, the stable code, messages by field and the request's id.
 * - Each request is sent once; retrying is the query client's business.
 */
export function createDataProvider(options: PostgrestOptions) {
  return {
    getApiUrl: () => options.url,

    async getList({ resource, pagination, sorters, filters, meta }) {
      const asked = readMeta(meta);
      const { client, settle } = openExchange(options);
      const range = pageRange(pagination);
      const counted = asked.count !== 'none' && range !== undefined;
      let request = client.from(resource).select(asked.select, counted ? { count: asked.count } : {});
      const tree = filterTree(filters);
      if (tree) request = request.or(tree);
      for (const { column, ascending, nullsFirst } of orderTerms(sorters, asked.primaryKey, asked.nullsLast)) {
        request = request.order(column, { ascending, ...(nullsFirst === undefined ? {} : { nullsFirst }) });
      }
      if (range) request = request.range(range.from, range.to);
      if (asked.signal) request = request.abortSignal(asked.signal);
      const { data, count } = await settle(request, asked.signal);
      const rows = data ?? [];
      return { data: rows, total: count ?? totalWithoutCount(range, rows.length) };
    },

    async getOne({ resource, id, meta }) {
      const asked = readMeta(meta);
      const { client, settle } = openExchange(options);
      let request = client.from(resource).select(asked.select).eq(asked.primaryKey, id);
      if (asked.signal) request = request.abortSignal(asked.signal);
      const { data } = await settle(request.single(), asked.signal);
      return { data };
    },

    async getMany({ resource, ids, meta }) {
      const asked = readMeta(meta);
      const { client, settle } = openExchange(options);
      let request = client.from(resource).select(asked.select).or(anyKey(asked.primaryKey, ids));
      if (asked.signal) request = request.abortSignal(asked.signal);
      const { data } = await settle(request, asked.signal);
      return { data: data ?? [] };
    },

    async create({ resource, variables, meta }) {
      const asked = readMeta(meta);
      const { client, settle } = openExchange(options);
      const { data } = await settle(client.from(resource).insert(row(variables)).select(asked.select).single());
      return { data };
    },

    async createMany({ resource, variables, meta }) {
      const asked = readMeta(meta);
      const { client, settle } = openExchange(options);
      const { data } = await settle(client.from(resource).insert(variables.map(row)).select(asked.select));
      return { data: data ?? [] };
    },

    async update({ resource, id, variables, meta }) {
      const asked = readMeta(meta);
      const { client, settle } = openExchange(options);
      let request = client.from(resource).update(row(variables)).eq(asked.primaryKey, id);
      if (asked.version !== undefined) request = request.eq('version', asked.version);
      try {
        const { data } = await settle(request.select(asked.select).single());
        return { data };
      } catch (error) {
        if (asked.version === undefined || !isMissing(error)) throw error;
        throw await whyNotWritten(options, resource, id, asked, error);
      }
    },

    /** One request. Rows that could not be changed are missing from the answer and make it a 409 that lists their ids. */
    async updateMany({ resource, ids, variables, meta }) {
      const asked = readMeta(meta);
      const { client, settle } = openExchange(options);
      const request = client.from(resource).update(row(variables)).or(anyKey(asked.primaryKey, ids));
      const { data } = await settle(request.select(asked.select));
      return { data: wholly(ids, data ?? [], asked.primaryKey) };
    },

    async deleteOne({ resource, id, meta }) {
      const asked = readMeta(meta);
      const { client, settle } = openExchange(options);
      const request = client.from(resource).delete().eq(asked.primaryKey, id);
      const { data } = await settle(request.select(asked.select).single());
      return { data };
    },

    /** As `updateMany`. */
    async deleteMany({ resource, ids, meta }) {
      const asked = readMeta(meta);
      const { client, settle } = openExchange(options);
      const request = client.from(resource).delete().or(anyKey(asked.primaryKey, ids));
      const { data } = await settle(request.select(asked.select));
      return { data: wholly(ids, data ?? [], asked.primaryKey) };
    },

    /** Calls a function: `url: 'rpc/<name>'`, arguments in `payload` (or `query` with method `get`). */
    async custom({ url, method, payload, query, meta }) {
      const name = /^rpc\/([a-z_][a-z0-9_]*)$/.exec(url)?.[1];
      if (!name) throw new ApiError({ statusCode: 400, code: 'query.bad_function', message: messageFor(400) });
      const asked = readMeta(meta);
      const { client, settle } = openExchange(options);
      const get = method === 'get';
      let request = client.rpc(name, row((get ? query : payload) ?? {}), { get });
      if (asked.signal) request = request.abortSignal(asked.signal);
      const { data } = await settle(asked.many ? request : request.single(), asked.signal);
      return { data };
    },
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
