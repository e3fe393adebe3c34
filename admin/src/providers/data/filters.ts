import type { ConditionalFilter, CrudFilter, CrudOperators, LogicalFilter } from '@refinedev/core';
import { ApiError } from './api-error.ts';
import { type Anchor, quote, quoteArray, textMatch } from './literals.ts';
import { Matching } from './matching.ts';
import { type Related, RelatedConditions } from './related.ts';

export type Question = {
  /** The inside of `or=(…)`; undefined when nothing is asked. */
  tree: string | undefined;
  /** The conditions on related rows that the tree mentions. */
  related: readonly Related[];
};

/**
 * Refine's filters as one PostgREST logic tree.
 *
 * Every filter, also a single one at the top, goes through the tree: one grammar, one rule of quoting. The result is the
 * inside of `or=(…)`, e.g. `and(status.in.("ready","errored"),title.ilike."%pump%")`.
 * @throws ApiError 400 for a field that is not a column name, an unknown operator, or a value of the wrong shape.
 */
export function filterQuestion(filters: readonly CrudFilter[] | undefined): Question {
  const related = new RelatedConditions();
  const parts = (filters ?? []).flatMap((filter) => node(filter, related));
  return { tree: parts.length === 0 ? undefined : group('and', parts), related: related.list };
}

type Part = string;

function group(operator: 'and' | 'or', parts: readonly Part[]): Part {
  return `${operator}(${parts.join(',')})`;
}

/** No part at all when a filter asks for nothing, such as an `or` without members: PostgREST refuses an empty group. */
function node(filter: CrudFilter, related: RelatedConditions): Part[] {
  if (!('field' in filter)) return nested(filter, related);
  return asksNothing(filter) ? [] : [related.say(filter.field, (column) => leaf(filter, column))];
}

function nested(filter: ConditionalFilter, related: RelatedConditions): Part[] {
  // Filters may come from a link somebody else made: the operator becomes structure, so it is checked, not trusted.
  if (filter.operator !== 'and' && filter.operator !== 'or') throw unknownOperator(filter.operator);
  if (!Array.isArray(filter.value)) throw badValue(filter.operator, 'a list of filters');
  const parts = filter.value.flatMap((each) => node(each, related));
  return parts.length === 0 ? [] : [group(filter.operator, parts)];
}

const comparisons = {
  eq: 'eq',
  eqs: 'eq',
  ne: 'neq',
  nes: 'neq',
  lt: 'lt',
  gt: 'gt',
  lte: 'lte',
  gte: 'gte',
} as const satisfies Partial<Record<CrudOperators, string>>;

type TextSearch = { anchor: Anchor; caseSensitive: boolean; negated: boolean };

const textSearches: Partial<Record<CrudOperators, TextSearch>> = {
  contains: { anchor: 'anywhere', caseSensitive: false, negated: false },
  containss: { anchor: 'anywhere', caseSensitive: true, negated: false },
  ncontains: { anchor: 'anywhere', caseSensitive: false, negated: true },
  ncontainss: { anchor: 'anywhere', caseSensitive: true, negated: true },
  startswith: { anchor: 'start', caseSensitive: false, negated: false },
  startswiths: { anchor: 'start', caseSensitive: true, negated: false },
  nstartswith: { anchor: 'start', caseSensitive: false, negated: true },
  nstartswiths: { anchor: 'start', caseSensitive: true, negated: true },
  endswith: { anchor: 'end', caseSensitive: false, negated: false },
  endswiths: { anchor: 'end', caseSensitive: true, negated: false },
  nendswith: { anchor: 'end', caseSensitive: false, negated: true },
  nendswiths: { anchor: 'end', caseSensitive: true, negated: true },
};

/** Refine removes a filter by setting its value to undefined; a range that is open at both ends leaves nothing out. */
function asksNothing({ operator, value }: LogicalFilter): boolean {
  if (operator === 'null' || operator === 'nnull') return false;
  if (operator === 'between' || operator === 'nbetween') return Array.isArray(value) && value.every(isOpen);
  return value === undefined;
}

function leaf({ operator, value }: LogicalFilter, field: string): Part {
  if (Object.hasOwn(comparisons, operator)) return comparison(field, operator as keyof typeof comparisons, value);
  const search = Object.hasOwn(textSearches, operator) ? textSearches[operator] : undefined;
  if (search) {
    if (value === null) return nothing(field);
    const match = textMatch(value, search.anchor, search.caseSensitive);
    return `${field}.${search.negated ? 'not.' : ''}${match.operator}.${quote(match.pattern)}`;
  }
  switch (operator) {
    case 'null':
      return `${field}.is.null`;
    case 'nnull':
      return `${field}.not.is.null`;
    case 'in':
      return inList(field, list(operator, value));
    case 'nin':
      return notInList(field, list(operator, value));
    case 'ina':
      return `${field}.cs.${quoteArray(list(operator, value))}`;
    case 'nina':
      return `${field}.not.cs.${quoteArray(list(operator, value))}`;
    case 'between':
      return between(field, list(operator, value));
    case 'nbetween':
      return notBetween(field, list(operator, value));
    default:
      throw unknownOperator(operator);
  }
}

/** As SQL has it of a comparison with null. */
function nothing(field: string): Part {
  return `${field}.in.()`;
}

/** `= null` is never true in SQL; who compares with null means "is it missing". Nothing is less or greater than null. */
function comparison(field: string, operator: keyof typeof comparisons, value: unknown): Part {
  if (value === null && (operator === 'eq' || operator === 'eqs')) return `${field}.is.null`;
  if (value === null && (operator === 'ne' || operator === 'nes')) return `${field}.not.is.null`;
  if (value === null) return nothing(field);
  if (value instanceof Matching) return matching(field, operator, value);
  return `${field}.${comparisons[operator]}.${quote(value)}`;
}

function matching(field: string, operator: keyof typeof comparisons, value: Matching): Part {
  if (operator !== 'eq' && operator !== 'ne') throw badValue(operator, 'a value, not a condition');
  return `${field}.${operator === 'ne' ? 'not.' : ''}${value.operator}.${value.operand}`;
}

/** A list may hold null, which `in` alone would never find. */
function inList(field: string, values: readonly unknown[]): Part {
  const present = values.filter((value) => value !== null);
  const missing = present.length < values.length;
  const listed = anyOf(field, present);
  if (!missing) return listed;
  return present.length === 0 ? `${field}.is.null` : group('or', [listed, `${field}.is.null`]);
}

function notInList(field: string, values: readonly unknown[]): Part {
  const present = values.filter((value) => value !== null);
  const missing = present.length < values.length;
  if (!missing && present.length === 0) return `${field}.not.in.()`;
  const parts = present.length === 0 ? [] : [anyOf(field, present, 'not.')];
  if (missing) parts.push(`${field}.not.is.null`);
  return parts.length === 1 ? String(parts[0]) : group('and', parts);
}

/** PostgREST reads `in.("")` as the empty list; a list of one is an equality anyway. */
function anyOf(field: string, values: readonly unknown[], not: '' | 'not.' = ''): Part {
  if (values.length === 1) return `${field}.${not}eq.${quote(values[0])}`;
  return `${field}.${not}in.(${values.map(quote).join(',')})`;
}

/** Both ends belong to the range; an end that is null or undefined is open, and one of them is not. */
function between(field: string, [from, to]: readonly unknown[]): Part {
  const inside = ends(field, ['gte', from], ['lte', to]);
  return inside.length === 1 ? String(inside[0]) : group('and', inside);
}

function notBetween(field: string, [from, to]: readonly unknown[]): Part {
  return group('or', ends(field, ['lt', from], ['gt', to]));
}

function ends(field: string, ...given: [operator: string, end: unknown][]): Part[] {
  return given.flatMap(([operator, end]) => (isOpen(end) ? [] : [`${field}.${operator}.${quote(end)}`]));
}

function isOpen(end: unknown): end is null | undefined {
  return end === null || end === undefined;
}

function list(operator: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw badValue(operator, 'a list of values');
  return value;
}

function unknownOperator(operator: unknown) {
  return new ApiError({ statusCode: 400, code: 'query.bad_operator', message: `“${operator}” is not a filter.` });
}

function badValue(operator: string, wanted: string) {
  return new ApiError({
    statusCode: 400,
    code: 'query.bad_value',
    message: `The filter “${operator}” takes ${wanted}.`,
  });
}
