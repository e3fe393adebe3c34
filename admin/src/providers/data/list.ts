import type { GetListParams, GetListResponse, Pagination } from '@refinedev/core';
import { ask, inOrder, selectFor } from './ask.ts';
import { countRows } from './count.ts';
import { openExchange, type PostgrestOptions } from './exchange.ts';
import { filterQuestion, type Question } from './filters.ts';
import { beyond, type Cursor, directed, orderName, readCursor, writeCursor } from './keyset.ts';
import { type Asked, readMeta } from './meta.ts';
import { type Order, orderOf } from './order.ts';
import { type PageRange, pageRange, totalWithoutCount } from './page.ts';
import { asRow, type Row, shown } from './rows.ts';

export type ListAnswer = Omit<GetListResponse<Row>, 'data' | 'total'> & {
  data: Row[];
  total: number;
  /** There are `total` rows or more. */
  isCapped?: boolean;
  /** Where to go on from here, with paging by keyset; absent at an end. Refine's `useInfiniteList` follows `next` by itself. */
  cursor?: { next?: string; prev?: string };
};

/** A list: by offset, or by keyset where that is asked or a cursor is given. */
export async function readList(
  options: PostgrestOptions,
  { resource, pagination, sorters, filters, meta }: GetListParams,
): Promise<ListAnswer> {
  const asked = readMeta(meta, options.resources?.[resource]);
  const question = filterQuestion(filters);
  const order = orderOf(sorters, asked.key, asked);
  const range = pageRange(pagination);
  const list = { options, resource, asked, question, order };
  const word = asked.cursor ?? cursorInPlaceOfPage(pagination);
  const byKeyset = range !== undefined && (asked.paging === 'keyset' || word !== undefined);
  // A column of a related row cannot be compared with in a tree.
  if (!byKeyset || (order.embeds.length > 0 && word === undefined)) return readByOffset(list, range);
  return readByKeyset(list, range, word === undefined ? undefined : readCursor(word, order.terms));
}

type List = { options: PostgrestOptions; resource: string; asked: Asked; question: Question; order: Order };

/** Refine's `useInfiniteList` puts the cursor that it was told into the place of the page's number. */
function cursorInPlaceOfPage(pagination: Pagination | undefined): string | undefined {
  const page: unknown = pagination?.currentPage;
  return typeof page === 'string' ? page : undefined;
}

async function readByOffset(list: List, range: PageRange | undefined): Promise<ListAnswer> {
  const { options, resource, asked, question, order } = list;
  const { client, settle } = openExchange(options);
  const withPage = range !== undefined && asked.count !== 'none' && asked.count !== 'capped' ? asked.count : undefined;
  const select = selectFor(asked.select, question, order);
  let request = client.from(resource).select(select, withPage ? { count: withPage } : {});
  request = inOrder(ask(request, question), order.terms);
  if (range) request = request.range(range.from, range.to);
  if (asked.signal) request = request.abortSignal(asked.signal);
  const [{ data, count }, counted] = await Promise.all([
    settle(request, asked.signal),
    range && asked.count === 'capped' ? countRows(options, resource, asked, question) : undefined,
  ]);
  const rows = (data ?? []).map((row: unknown) => shown(row, asked.key));
  const seen = totalWithoutCount(range, rows.length);
  if (counted) return { data: rows, ...atLeast(counted, seen) };
  return { data: rows, total: count ?? seen };
}

async function readByKeyset(list: List, range: PageRange, cursor: Cursor | undefined): Promise<ListAnswer> {
  const { options, resource, asked, question, order } = list;
  const { client, settle } = openExchange(options);
  const size = range.to - range.from + 1;
  // One row more than the page has tells whether there is another page.
  const limit = Math.min(size + 1, options.maxRows ?? 1000);
  const terms = directed(order.terms, cursor);
  const keys = order.terms.map(({ column }, index) => `_k${index}:${column}::text`);
  const select = selectFor(asked.select, question, order, keys);
  // From a cursor on, the answer's own count would be of what is left.
  const { count: mode } = asked;
  const withPage = cursor || mode === 'none' || mode === 'capped' ? undefined : mode;
  let request = client.from(resource).select(select, withPage ? { count: withPage } : {});
  request = inOrder(ask(request, question, cursor ? beyond(terms, cursor.values, asked.required) : []), terms);
  request = cursor ? request.limit(limit) : request.range(range.from, range.from + limit - 1);
  if (asked.signal) request = request.abortSignal(asked.signal);
  const [{ data, count }, apart] = await Promise.all([
    settle(request, asked.signal),
    withPage || mode === 'none' ? undefined : countRows(options, resource, asked, question),
  ]);
  const counted = count === null ? apart : { total: count };
  const read = (data ?? []).map(asRow);
  const isMore = read.length > size || (read.length === limit && limit <= size);
  const page = read.slice(0, size);
  if (cursor?.back) page.reverse();
  const cursorAt = (row: Row | undefined, back: boolean) =>
    row && writeCursor({ order: orderName(order.terms), values: keys.map((_, index) => textOf(row, index)), back });
  const hasNext = cursor?.back ? true : isMore;
  const hasPrevious = cursor?.back ? isMore : cursor !== undefined || range.from > 0;
  const [next, prev] = [hasNext && cursorAt(page.at(-1), false), hasPrevious && cursorAt(page[0], true)];
  const seen = range.from + page.length + (hasNext && page.length > 0 ? 1 : 0);
  return {
    data: page.map((row) => shown(row, asked.key)),
    ...(counted ? atLeast(counted, seen) : { total: seen }),
    cursor: { ...(next ? { next } : {}), ...(prev ? { prev } : {}) },
  };
}

function textOf(row: Row, index: number): string | null {
  const value = row[`_k${index}`];
  return typeof value === 'string' ? value : null;
}

/** A count that stopped must not say less than what has been seen. */
function atLeast({ total, isCapped }: { total: number; isCapped?: boolean }, seen: number) {
  return isCapped ? { total: Math.max(total, seen), isCapped } : { total };
}
