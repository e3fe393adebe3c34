/**
 * How a value of the user becomes text inside a PostgREST query without ever becoming part of its structure.
 *
 * All filters of this provider travel in one logic tree (`or=(and(…))`). In a logic tree a value may be written between
 * double quotes, and inside them only `\` and `"` mean anything. So every value is always quoted: no comma, bracket, dot
 * or word in it can end it early.
 * Source: PostgREST, "Reserved characters" (docs.postgrest.org/en/v12/references/api/url_grammar.html).
 */

/**
 * The text Postgres is given for one value: dates in ISO 8601, everything else as JavaScript prints it.
 *
 * Postgres text holds neither U+0000 nor half a surrogate pair; both become U+FFFD, which matches nothing that is stored,
 * so that a pasted oddity is an empty answer and not a failed request.
 */
export function toText(value: unknown): string {
  const text =
    value instanceof Date
      ? value.toISOString()
      : typeof value === 'object' && value !== null
        ? JSON.stringify(value)
        : String(value);
  return text.toWellFormed().replaceAll('\u0000', '\uFFFD');
}

/** One value between double quotes, as a logic tree and an `in` list take it. */
export function quote(value: unknown): string {
  return `"${toText(value).replace(/["\\]/g, '\\$&')}"`;
}

/** An array literal of Postgres, `{"a","b"}`, quoted once more for the logic tree. */
export function quoteArray(values: readonly unknown[]): string {
  const elements = values.map((value) =>
    value === null || value === undefined ? 'NULL' : `"${toText(value).replace(/["\\]/g, '\\$&')}"`,
  );
  return quote(`{${elements.join(',')}}`);
}

/** Where in the stored text the searched text has to stand. */
export type Anchor = 'anywhere' | 'start' | 'end';

export type TextMatch = { operator: 'like' | 'ilike' | 'match' | 'imatch'; pattern: string };

/**
 * A search for exactly this text: `%`, `_` and `\` are escaped, so that they mean themselves.
 *
 * PostgREST turns every `*` of a LIKE pattern into `%` and knows no escape for it. A text with an asterisk is therefore
 * searched with a regular expression, in which every character that is not a letter or digit can be escaped.
 */
export function textMatch(value: unknown, anchor: Anchor, caseSensitive: boolean): TextMatch {
  const text = toText(value);
  if (text.includes('*')) {
    const escaped = text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
    const pattern = anchor === 'start' ? `^${escaped}` : anchor === 'end' ? `${escaped}$` : escaped;
    return { operator: caseSensitive ? 'match' : 'imatch', pattern };
  }
  const escaped = text.replace(/[\\%_]/g, '\\$&');
  const pattern = `${anchor === 'start' ? '' : '%'}${escaped}${anchor === 'end' ? '' : '%'}`;
  return { operator: caseSensitive ? 'like' : 'ilike', pattern };
}
