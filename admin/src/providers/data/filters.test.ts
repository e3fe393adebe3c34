import type { CrudFilter } from '@refinedev/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from './api-error.ts';
import { filterQuestion } from './filters.ts';
import { toText } from './literals.ts';
import { readTree, type Tree } from './read-tree.fixture.ts';

const filterTree = (filters: CrudFilter[] | undefined) => filterQuestion(filters).tree;

/** Text made of what has a meaning somewhere in PostgREST, LIKE, regular expressions, arrays or URLs. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'",.()\\%_*{}&=|<>:->\'\u0000 aZ9') }),
  fc.constantFrom('null', 'a),id.not.is.null', '","', '\\', '\\"', 'a,or(id.gt.0)', '.eq.', '***:(?i)', ''),
);

function partsOf(filters: CrudFilter[]): Tree[] {
  const tree = readTree(filterTree(filters) ?? 'and()');
  if (!('join' in tree) || tree.join !== 'and') throw new Error('the top of the tree is always an and');
  return tree.parts;
}

function only(filter: CrudFilter): Tree {
  const [part, ...rest] = partsOf([filter]);
  if (!part || rest.length > 0) throw new Error('one filter is one part');
  return part;
}

describe('no value can change the structure of a query', () => {
  it('for comparisons', () => {
    fc.assert(
      fc.property(fc.constantFrom('eq', 'ne', 'lt', 'gt', 'lte', 'gte'), nasty, (operator, value) => {
        expect(only({ field: 'title', operator, value } as CrudFilter)).toEqual({
          field: 'title',
          not: false,
          operator: operator === 'ne' ? 'neq' : operator,
          value: toText(value),
        });
      }),
    );
  });

  it('for lists', () => {
    fc.assert(
      fc.property(fc.constantFrom('in', 'nin'), fc.array(nasty, { minLength: 2 }), (operator, values) => {
        expect(only({ field: 'status', operator, value: values } as CrudFilter)).toEqual({
          field: 'status',
          not: operator === 'nin',
          operator: 'in',
          value: values.map(toText),
        });
      }),
    );
  });

  it('for searches in texts', () => {
    const operators = ['contains', 'ncontainss', 'startswith', 'nstartswiths', 'endswith', 'nendswiths'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...operators), nasty, (operator, value) => {
        const part = only({ field: 'title', operator, value });
        expect(part).toMatchObject({ field: 'title', not: operator.startsWith('n') });
      }),
    );
  });

  it('inside and and or, to any depth', () => {
    const leaf = nasty.map((value): CrudFilter => ({ field: 'label', operator: 'eq', value }));
    const { tree } = fc.letrec<{ tree: CrudFilter }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.record({
          operator: fc.constantFrom('and' as const, 'or' as const),
          value: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
        }) as fc.Arbitrary<CrudFilter>,
      ),
    }));
    const expected = (filter: CrudFilter): Tree =>
      'field' in filter
        ? { field: 'label', not: false, operator: 'eq', value: toText(filter.value) }
        : { join: filter.operator, parts: filter.value.map(expected) };
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 4 }), (filters) => {
        expect(partsOf(filters)).toEqual(filters.map(expected));
      }),
    );
  });

  it('for arrays, whose elements are quoted twice', () => {
    fc.assert(
      fc.property(fc.array(nasty), (values) => {
        expect(only({ field: 'tags', operator: 'ina', value: values })).toMatchObject({
          operator: 'cs',
          value: `{${values.map((value) => `"${toText(value).replace(/["\\]/g, '\\$&')}"`).join(',')}}`,
        });
      }),
    );
  });
});

describe('names and operators from a foreign link', () => {
  it.each(['title.eq.1),or(id', 'a b', 'id"', '', 'Title', 'a->', 'a,b', 'and(', 'a..b', '.a', 'a.', 'a!b', 'a.b(c'])(
    '“%s” is not a column: 400',
    (field) => {
      expect(() => filterTree([{ field, operator: 'eq', value: 1 }])).toThrow(
        expect.objectContaining({ statusCode: 400, code: 'query.bad_field' }),
      );
    },
  );

  it.each(['like', 'toString', '__proto__', 'or(id'])('“%s” is not an operator: 400', (operator) => {
    const leaf = { field: 'id', operator, value: 1 } as unknown as CrudFilter;
    const branch = { operator, value: [] } as unknown as CrudFilter;
    expect(() => filterTree([leaf])).toThrow(ApiError);
    expect(() => filterTree([branch])).toThrow(ApiError);
  });

  it('a list operator without a list is a 400', () => {
    expect(() => filterTree([{ field: 'id', operator: 'in', value: 'ready' }])).toThrow(
      expect.objectContaining({ statusCode: 400, code: 'query.bad_value' }),
    );
  });

  it('a path into JSON is a column', () => {
    expect(filterTree([{ field: 'after->>status', operator: 'eq', value: 'x' }])).toBe('and(after->>status.eq."x")');
  });
});

describe('what is missing', () => {
  it('is found by comparing with null, although SQL’s = never is', () => {
    expect(filterTree([{ field: 'label', operator: 'eq', value: null }])).toBe('and(label.is.null)');
    expect(filterTree([{ field: 'label', operator: 'ne', value: null }])).toBe('and(label.not.is.null)');
    expect(filterTree([{ field: 'label', operator: 'null', value: true }])).toBe('and(label.is.null)');
    expect(filterTree([{ field: 'label', operator: 'nnull', value: true }])).toBe('and(label.not.is.null)');
  });

  it('may be one of a list', () => {
    expect(filterTree([{ field: 'label', operator: 'in', value: ['a', 'b', null] }])).toBe(
      'and(or(label.in.("a","b"),label.is.null))',
    );
    expect(filterTree([{ field: 'label', operator: 'nin', value: ['a', null] }])).toBe(
      'and(and(label.not.eq."a",label.not.is.null))',
    );
  });
});

describe('lists and ranges', () => {
  it('an empty list finds nothing, its negation everything', () => {
    expect(filterTree([{ field: 'id', operator: 'in', value: [] }])).toBe('and(id.in.())');
    expect(filterTree([{ field: 'id', operator: 'nin', value: [] }])).toBe('and(id.not.in.())');
  });

  it('a list of one empty text is an equality, since the server reads in.("") as the empty list', () => {
    expect(filterTree([{ field: 'label', operator: 'in', value: [''] }])).toBe('and(label.eq."")');
  });

  it('a range may be open at either end', () => {
    const range = (value: unknown[]) => filterTree([{ field: 'n', operator: 'between', value }]);
    expect(range([1, 2])).toBe('and(and(n.gte."1",n.lte."2"))');
    expect(range([null, 2])).toBe('and(n.lte."2")');
    expect(range([null, null])).toBeUndefined();
    expect(filterTree([{ field: 'n', operator: 'nbetween', value: [1, 2] }])).toBe('and(or(n.lt."1",n.gt."2"))');
  });

  it('dates travel in ISO 8601', () => {
    const value = new Date('2026-03-01T00:00:00Z');
    expect(filterTree([{ field: 'at', operator: 'gte', value }])).toBe('and(at.gte."2026-03-01T00:00:00.000Z")');
  });

  it('a filter without a value, and a group without members, ask for nothing', () => {
    expect(filterTree([{ field: 'id', operator: 'eq', value: undefined }])).toBeUndefined();
    expect(filterTree([{ operator: 'or', value: [] }])).toBeUndefined();
    expect(filterTree(undefined)).toBeUndefined();
  });
});

describe('a text that is searched means itself', () => {
  it('wildcards of LIKE are escaped', () => {
    expect(filterTree([{ field: 't', operator: 'contains', value: '50%_\\' }])).toBe(
      'and(t.ilike."%50\\\\%\\\\_\\\\\\\\%")',
    );
  });

  it('an asterisk, which the server would turn into a wildcard, is searched by regular expression', () => {
    expect(only({ field: 't', operator: 'startswith', value: 'a*(b' })).toEqual({
      field: 't',
      not: false,
      operator: 'imatch',
      value: '^a\\*\\(b',
    });
  });

  it('what Postgres text cannot hold is a text that is nowhere, not an error', () => {
    expect(toText('a\u0000\ud800')).toBe('a\uFFFD\uFFFD');
  });
});
