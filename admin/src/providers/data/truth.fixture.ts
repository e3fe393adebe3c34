import type { CrudFilter, LogicalFilter } from '@refinedev/core';

/**
 * The same question in SQL, written from what Refine's operators mean and from nothing of this provider: texts are looked for with
 * `position` and `starts_with`, not with patterns.
 */
export type Truth = { sql: string; values: unknown[] };

const typeOf: Record<string, string> = {
  id: 'integer',
  count: 'integer',
  amount: 'numeric',
  big: 'bigint',
  flag: 'boolean',
  day: 'date',
  at: 'timestamptz',
  tags: 'text[]',
  numbers: 'integer[]',
  uid: 'uuid',
  score: 'integer',
  rank: 'integer',
};

/** @param alias of the table in SQL */
export function truthOf(filters: readonly CrudFilter[], alias = 's'): Truth {
  const values: unknown[] = [];
  const bind = (value: unknown, type: string) => {
    values.push(value instanceof Date ? value.toISOString() : value);
    return `$${values.length}::${type}`;
  };
  const sql = filters.map((filter) => one(filter, alias, bind)).join(' and ') || 'true';
  return { sql, values };
}

type Bind = (value: unknown, type: string) => string;

function one(filter: CrudFilter, alias: string, bind: Bind): string {
  if (!('field' in filter)) {
    const parts = filter.value.map((each) => one(each, alias, bind));
    return parts.length === 0 ? 'true' : `(${parts.join(` ${filter.operator} `)})`;
  }
  const [column = '', ...relations] = filter.field.split('.').reverse();
  if (relations[0] === 'keepers') {
    return `exists (select from api.keepers k where k.id = ${alias}.keeper_id and ${leaf(filter, `k.${column}`, column, bind)})`;
  }
  if (relations[0] === 'marks') {
    return `exists (select from api.marks m where m.specimen_id = ${alias}.id and ${leaf(filter, `m.${column}`, column, bind)})`;
  }
  return leaf(filter, `${alias}.${path(column)}`, column, bind);
}

/** `data->>kind` with its key quoted. */
function path(column: string): string {
  return column.replace(/(->>?)([A-Za-z0-9_]+)/g, "$1'$2'");
}

function leaf({ operator, value }: LogicalFilter, column: string, name: string, bind: Bind): string {
  const type = typeOf[name] ?? 'text';
  const each = (list: readonly unknown[]) => list.filter((item) => item !== null).map((item) => bind(item, type));
  const compare = (sign: string) => (value === null ? 'false' : `${column} ${sign} ${bind(value, type)}`);
  const text = () => bind(value, 'text');
  const folded = () => [`lower(${column})`, `lower(${text()})`] as const;
  const ends = (whole: string, end: string) => `right(${whole}, length(${end})) = ${end}`;
  switch (operator) {
    case 'eq':
    case 'eqs':
      return value === null ? `${column} is null` : compare('=');
    case 'ne':
    case 'nes':
      return value === null ? `${column} is not null` : compare('<>');
    case 'lt':
      return compare('<');
    case 'gt':
      return compare('>');
    case 'lte':
      return compare('<=');
    case 'gte':
      return compare('>=');
    case 'null':
      return `${column} is null`;
    case 'nnull':
      return `${column} is not null`;
    case 'in':
      return `(${column} = any (array[${each(value)}]::${type}[])${value.includes(null) ? ` or ${column} is null` : ''})`;
    case 'nin':
      return value.length === 0
        ? 'true'
        : `(${column} <> all (array[${each(value)}]::${type}[])${value.includes(null) ? ` and ${column} is not null` : ''})`;
    case 'ina':
      return `${column} @> ${bind(value, type)}`;
    case 'nina':
      return `not ${column} @> ${bind(value, type)}`;
    case 'between':
      return `${column} between ${bind(value[0], type)} and ${bind(value[1], type)}`;
    case 'nbetween':
      return `${column} not between ${bind(value[0], type)} and ${bind(value[1], type)}`;
    case 'contains':
      return `position(${folded().toReversed().join(' in ')}) > 0`;
    case 'ncontains':
      return `position(${folded().toReversed().join(' in ')}) = 0`;
    case 'containss':
      return `position(${text()} in ${column}) > 0`;
    case 'ncontainss':
      return `position(${text()} in ${column}) = 0`;
    case 'startswith':
      return `starts_with(${folded().join(', ')})`;
    case 'nstartswith':
      return `not starts_with(${folded().join(', ')})`;
    case 'startswiths':
      return `starts_with(${column}, ${text()})`;
    case 'nstartswiths':
      return `not starts_with(${column}, ${text()})`;
    case 'endswith':
      return ends(...folded());
    case 'nendswith':
      return `not ${ends(...folded())}`;
    case 'endswiths':
      return ends(column, text());
    case 'nendswiths':
      return `not ${ends(column, text())}`;
  }
}
