import { z } from 'zod';
import { ApiError } from './api-error.ts';
import { quote } from './literals.ts';
import { areNullsFirst, type OrderTerm, reversed } from './order.ts';
import { messageFor } from './problem.ts';

/**
 * Pages by their neighbours: a cursor holds what the last row of a page has in the columns of the order, and the next page is what comes
 * after that. An index leads straight there, so that page 1,000 costs what page 1 costs, and rows that come or go on other pages move
 * nothing.
 */
export type Cursor = {
  /** The order that it belongs to; under another one it means nothing. */
  order: string;
  /** As text, in which no digit of a number and no microsecond is lost. */
  values: readonly (string | null)[];
  /** Backwards: what comes before, read from its end. */
  back: boolean;
};

const written = z.object({ o: z.string(), v: z.array(z.string().nullable()), b: z.boolean() });

export function orderName(terms: readonly OrderTerm[]): string {
  return terms.map((term) => `${term.column}${term.ascending ? '+' : '-'}${areNullsFirst(term) ? 'f' : 'l'}`).join(' ');
}

/** A cursor as one word, which may stand in an address. */
export function writeCursor({ order, values, back }: Cursor): string {
  const bytes = new TextEncoder().encode(JSON.stringify({ o: order, v: values, b: back }));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** @throws ApiError 400 `query.bad_cursor` for what is no cursor, or one of another order: addresses are sent to others, and shortened. */
export function readCursor(word: string, terms: readonly OrderTerm[]): Cursor {
  const read = written.safeParse(decode(word));
  if (read.success && read.data.o === orderName(terms) && read.data.v.length === terms.length) {
    return { order: read.data.o, values: read.data.v, back: read.data.b };
  }
  throw new ApiError({ statusCode: 400, code: 'query.bad_cursor', message: messageFor(400) });
}

function decode(word: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(word.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** The way in which a page is read that the cursor leads to. */
export function directed(terms: readonly OrderTerm[], cursor: Cursor | undefined): readonly OrderTerm[] {
  return cursor?.back ? terms.map(reversed) : terms;
}

/**
 * What comes after these values in this order, as parts that all have to hold.
 *
 * The first part is a plain bound on the first column, where there can be one: it is what an index is entered by, since no plan of Postgres
 * makes a start of an `or`.
 * @param required columns that are never empty
 */
export function beyond(
  terms: readonly OrderTerm[],
  values: readonly (string | null)[],
  required: ReadonlySet<string>,
): string[] {
  const alternatives: string[] = [];
  const equal: string[] = [];
  for (const [index, term] of terms.entries()) {
    const value = values[index] ?? null;
    const after = afterIn(term, value, required);
    if (after !== undefined) alternatives.push(equal.length === 0 ? after : `and(${[...equal, after].join(',')})`);
    equal.push(value === null ? `${term.column}.is.null` : `${term.column}.eq.${quote(value)}`);
  }
  const [first] = terms;
  const value = values[0] ?? null;
  const bound =
    first !== undefined && value !== null && terms.length > 1 && !emptyComeAfter(first, required)
      ? [`${first.column}.${first.ascending ? 'gte' : 'lte'}.${quote(value)}`]
      : [];
  return [...bound, alternatives.length === 0 ? `${first?.column}.in.()` : `or(${alternatives.join(',')})`];
}

function emptyComeAfter(term: OrderTerm, required: ReadonlySet<string>): boolean {
  return !areNullsFirst(term) && !required.has(term.column);
}

/** What comes after a value in one column; undefined: nothing does. */
function afterIn(term: OrderTerm, value: string | null, required: ReadonlySet<string>): string | undefined {
  if (value === null) return areNullsFirst(term) ? `${term.column}.not.is.null` : undefined;
  const greater = `${term.column}.${term.ascending ? 'gt' : 'lt'}.${quote(value)}`;
  return emptyComeAfter(term, required) ? `or(${greater},${term.column}.is.null)` : greater;
}
