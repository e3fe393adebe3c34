import type { CrudFilter, CrudOperators } from '@refinedev/core';
import fc from 'fast-check';
import { notes } from './specimens.fixture.ts';

type LeafOperator = Exclude<CrudOperators, 'and' | 'or'>;

export const textOperators = [
  'contains',
  'ncontains',
  'containss',
  'ncontainss',
  'startswith',
  'nstartswith',
  'startswiths',
  'nstartswiths',
  'endswith',
  'nendswith',
  'endswiths',
  'nendswiths',
] as const satisfies LeafOperator[];

const comparisons = ['eq', 'ne', 'eqs', 'nes', 'lt', 'gt', 'lte', 'gte'] as const satisfies LeafOperator[];

const texts = notes.filter((note) => note !== null);
/** Texts and pieces of them: the beginning, the end, in capitals. */
const searched = [...texts, 'PLAIN', '%', '_', '*', '\\', '"', ',', ')', 'sure', 'a', 'ß', ':*', "''", 'nowhere'];

const scalars: Record<string, readonly unknown[]> = {
  count: [0, 3, 6, null],
  amount: [0, 2.5, 11.25],
  big: ['9007199254740993', '9007199254740999'],
  flag: [true, false, null],
  day: ['2026-01-03', '2026-01-08'],
  at: [new Date('2026-03-01T02:00:00.123Z'), '2026-03-01T02:00:00.123456Z'],
  uid: ['00000000-0000-7000-8000-000000000003'],
  'keepers.rank': [1, 2],
  'marks.score': [2, 4],
};

/** Every operator on every kind of column, with values that find some rows and values that find none. */
function eachOperator(): CrudFilter[] {
  const of = (field: string, operator: LeafOperator, value: unknown): CrudFilter => ({ field, operator, value });
  const fields = Object.entries(scalars);
  return [
    ...textOperators.flatMap((operator) => searched.map((value) => of('note', operator, value))),
    ...textOperators.flatMap((operator) => ['odd', '(', 'O'].map((value) => of('data->>kind', operator, value))),
    ...textOperators.flatMap((operator) => ['A', '"', 'b.)'].map((value) => of('keepers.name', operator, value))),
    ...textOperators.map((operator) => of('note', operator, null)),
    ...comparisons.flatMap((operator) => [...texts, null].map((value) => of('note', operator, value))),
    ...comparisons.flatMap((operator) =>
      fields.flatMap(([field, values]) => values.map((value) => of(field, operator, value))),
    ),
    ...[...fields.map(([field]) => field), 'note', 'tags', 'data', 'data->>kind', 'keepers.region'].flatMap((field) => [
      of(field, 'null', true),
      of(field, 'nnull', true),
    ]),
    ...(['in', 'nin'] as const).flatMap((operator) => [
      ...[[], [''], ['null'], [null], [null, 'a*b'], texts, texts.slice(3, 9)].map((list) =>
        of('note', operator, list),
      ),
      ...[[1], [1, 2, 99], [null, 3], [null]].map((list) => of('count', operator, list)),
      of('keepers.name', operator, ['Cy', 'Ada, "the first"']),
      of('big', operator, scalars.big),
    ]),
    ...(['ina', 'nina'] as const).flatMap((operator) => [
      ...[
        ['common'],
        ['common', 'a*b'],
        [],
        ['{curly,"array"}'],
        ['a),id.not.is.null,or(title.eq.x'],
        ['back\\slash'],
      ].map((list) => of('tags', operator, list)),
      ...[[1], [0, 2], []].map((list) => of('numbers', operator, list)),
    ]),
    ...(['between', 'nbetween'] as const).flatMap((operator) => [
      of('count', operator, [1, 3]),
      of('amount', operator, [2.5, 11.25]),
      of('day', operator, ['2026-01-02', '2026-01-05']),
      of('note', operator, ['a', 'p']),
      of('marks.score', operator, [2, 3]),
    ]),
  ];
}

/** A filter of any operator, whose value is anything that the column could be asked about. */
const leaves = eachOperator();

/** And and or, to any depth. */
export const trees: fc.Arbitrary<CrudFilter> = fc.letrec<{ tree: CrudFilter }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium', maxDepth: 5 },
    fc.constantFrom(...leaves),
    fc.record({
      operator: fc.constantFrom('and' as const, 'or' as const),
      value: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
    }) as fc.Arbitrary<CrudFilter>,
  ),
})).tree;

/** All questions of one filter, and as many again that nest; always the same ones. */
export function questions(): CrudFilter[][] {
  const nested = fc.sample(fc.array(trees, { minLength: 1, maxLength: 3 }), { seed: 20_261_121, numRuns: 250 });
  return [
    ...leaves.map((leaf) => [leaf]),
    ...nested.filter((filters) => filters.some((filter) => !('field' in filter))),
  ];
}
