/**
 * In place of qs: queries of addresses are flat here, one text under each name, and need no nesting. The same two functions as
 * qs has, as far as Refine and its router binding call them.
 */
type Query = Record<string, unknown>;

function parse(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

type StringifyOptions = { addQueryPrefix?: boolean; encode?: boolean };

/** Leaves out what is not set. @throws Error for a value that is no single text, number or truth value */
function stringify(query: Query, { addQueryPrefix = false, encode = true }: StringifyOptions = {}): string {
  const code = (part: string) => (encode ? encodeURIComponent(part) : part);
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    if (typeof value === 'object') throw new Error(`A query of an address is flat: ${name} is not.`);
    return [`${code(name)}=${code(String(value))}`];
  });
  return pairs.length === 0 ? '' : `${addQueryPrefix ? '?' : ''}${pairs.join('&')}`;
}

export default { parse, stringify };
