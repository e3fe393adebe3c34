/** A reader of PostgREST's logic trees, written from its grammar: what the server will understand of what we send. */
export type Tree =
  | { join: 'and' | 'or'; parts: Tree[] }
  | { field: string; not: boolean; operator: string; value: string | string[] };

/** @throws Error where the server would answer 400, and when anything is left over after the tree. */
export function readTree(source: string): Tree {
  let at = 0;
  const peek = () => source[at] ?? '';
  const take = (expected: string) => {
    if (!source.startsWith(expected, at)) throw new Error(`expected ${expected} at ${at} of ${source}`);
    at += expected.length;
  };
  const word = (pattern: RegExp) => {
    const found = new RegExp(pattern.source, 'y');
    found.lastIndex = at;
    const match = found.exec(source);
    if (!match) throw new Error(`expected ${pattern} at ${at} of ${source}`);
    at += match[0].length;
    return match[0];
  };
  const quoted = () => {
    take('"');
    let value = '';
    while (peek() !== '"') {
      if (at >= source.length) throw new Error('unclosed quote');
      if (peek() === '\\') at += 1;
      value += peek();
      at += 1;
    }
    take('"');
    return value;
  };
  const listOf = <T>(read: () => T): T[] => {
    take('(');
    const items: T[] = [];
    while (peek() !== ')') {
      items.push(read());
      if (peek() !== ')') take(',');
    }
    take(')');
    return items;
  };
  const node = (): Tree => {
    const name = word(/[a-z_][a-z0-9_]*(?:->>?[A-Za-z0-9_]+)*/);
    if ((name === 'and' || name === 'or') && peek() === '(') return { join: name, parts: listOf(node) };
    take('.');
    const not = source.startsWith('not.', at);
    if (not) take('not.');
    const operator = word(/[a-z]+/);
    take('.');
    if (operator === 'in') return { field: name, not, operator, value: listOf(quoted) };
    return { field: name, not, operator, value: operator === 'is' ? word(/null/) : quoted() };
  };
  const tree = node();
  if (at !== source.length) throw new Error(`left over: ${source.slice(at)}`);
  return tree;
}
