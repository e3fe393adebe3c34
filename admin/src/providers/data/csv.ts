import type { CustomParams } from '@refinedev/core';
import { ApiError } from './api-error.ts';
import { ask, inOrder, selectFor } from './ask.ts';
import { openExchange, type PostgrestOptions } from './exchange.ts';
import { filterQuestion } from './filters.ts';
import { readMeta } from './meta.ts';
import { orderOf } from './order.ts';
import { messageFor } from './problem.ts';

/**
 * A list as CSV, whole, although no answer of the server has more than `maxRows`: page after page in a total order, the heading once.
 *
 * The server writes the CSV, so a cell may begin with `=`: who opens it in a spreadsheet should import it as text.
 * @throws ApiError 400 `query.bad_value` without `meta.select`, or where it embeds: a CSV has columns of one table, which somebody chose.
 */
export async function readCsv(
  options: PostgrestOptions,
  resource: string,
  { filters, sorters, meta }: Pick<CustomParams, 'filters' | 'sorters' | 'meta'>,
): Promise<string> {
  const asked = readMeta(meta, options.resources?.[resource]);
  if (!/^[a-z0-9_]+(,[a-z0-9_]+)*$/.test(asked.select)) {
    throw new ApiError({ statusCode: 400, code: 'query.bad_value', message: messageFor(400) });
  }
  const question = filterQuestion(filters);
  const order = orderOf(sorters, asked.key, asked);
  const size = options.maxRows ?? 1000;
  let csv = '';
  for (let from = 0; ; from += size) {
    const { client, settle, rowsInRange } = openExchange(options);
    let request = client.from(resource).select(selectFor(asked.select, question, order));
    request = inOrder(ask(request, question), order.terms).range(from, from + size - 1);
    if (asked.signal) request = request.abortSignal(asked.signal);
    const { data } = await settle(request.csv(), asked.signal);
    // PostgREST prints rows as Postgres prints records, which doubles every backslash; CSV does not.
    const text = (data ?? '').replaceAll('\\\\', '\\');
    csv += from === 0 ? text : text.slice(text.indexOf('\n'));
    if (rowsInRange() < size) return csv;
  }
}
