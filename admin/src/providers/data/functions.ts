import type { CustomParams } from '@refinedev/core';
import { ApiError } from './api-error.ts';
import { ask, inOrder, selectFor, withoutAliases } from './ask.ts';
import { readCsv } from './csv.ts';
import { openExchange, type PostgrestOptions } from './exchange.ts';
import { filterQuestion } from './filters.ts';
import { readMeta } from './meta.ts';
import { orderOf } from './order.ts';
import { messageFor } from './problem.ts';
import { asRow } from './rows.ts';

/**
 * What is no reading or writing of a resource.
 *
 * - `rpc/<name>` calls a function: arguments in `payload`, or in `query` with method `get`. Of a function that answers several rows
 *   (`meta.many`) filters and sorters choose, as of any list; with `meta.select`, among the selected columns: PostgREST 12 takes no others
 *   from a function.
 * - `csv/<resource>` with method `get` is all that filters and sorters find, as one text of CSV.
 *
 * @throws ApiError 400 `query.bad_function` for any other address
 */
export async function callCustom(options: PostgrestOptions, params: CustomParams): Promise<unknown> {
  const [, kind, name] = /^(rpc|csv)\/([a-z_][a-z0-9_]*)$/.exec(params.url) ?? [];
  if (kind === 'csv' && name !== undefined && params.method === 'get') return readCsv(options, name, params);
  if (kind === 'rpc' && name !== undefined) return callFunction(options, name, params);
  throw new ApiError({ statusCode: 400, code: 'query.bad_function', message: messageFor(400) });
}

async function callFunction(options: PostgrestOptions, name: string, params: CustomParams): Promise<unknown> {
  const { method, payload, query, filters, sorters, meta } = params;
  const asked = readMeta(meta);
  const { client, settle } = openExchange(options);
  const get = method === 'get';
  const values = asRow((get ? query : payload) ?? {});
  const question = filterQuestion(filters);
  let request = ask(client.rpc(name, values, { get }), question);
  // A function's rows have no key of their own that could be relied on: the order is what was asked, and no more.
  if (sorters?.length) {
    const order = orderOf(sorters, []);
    request = inOrder(request, order.terms).select(selectFor(asked.select, question, order)) as typeof request;
  } else if (asked.select !== '*' || question.related.length > 0) {
    request = request.select(selectFor(asked.select, question)) as typeof request;
  }
  if (asked.signal) request = request.abortSignal(asked.signal);
  const { data } = await settle(asked.many ? request : request.single(), asked.signal, Object.keys(values));
  return Array.isArray(data) ? data.map(withoutAliases) : withoutAliases(data);
}
