import { quote, quoteArray } from './literals.ts';

/** Operators of PostgREST for which Refine has no name. */
type Operator =
  | 'cs'
  | 'cd'
  | 'ov'
  | 'sl'
  | 'sr'
  | 'nxl'
  | 'nxr'
  | 'adj'
  | 'isdistinct'
  | 'is'
  | `${string}fts${string}`;

/**
 * What a value has to be like, where Refine's operators have no word for it. It stands as the value of `eq`, or of `ne` for "not":
 *
 *     { field: 'tags', operator: 'eq', value: overlapping(['squat', 'lunge']) }
 *     { field: 'body', operator: 'ne', value: fullText('knee pain', { syntax: 'phrase', language: 'english' }) }
 *
 * A class, so that a JSON value that merely looks alike is still a value; its properties are plain, so that the query client tells two
 * questions apart.
 */
export class Matching {
  readonly operator: Operator;
  /** As a logic tree takes it: quoted, or one of the words of `is`. */
  readonly operand: string;

  constructor(operator: Operator, operand: string) {
    this.operator = operator;
    this.operand = operand;
  }
}

/** A range of Postgres; an end that is left out is open. Both ends belong to it unless `bounds` says otherwise. */
export class Range {
  readonly text: string;

  constructor(from: unknown, to: unknown, bounds: '[]' | '[)' | '(]' | '()' = '[]') {
    // Within a range literal as within a tree: between double quotes nothing but `\` and `"` means anything.
    const end = (value: unknown) => (value === null || value === undefined ? '' : quote(value));
    this.text = `${bounds[0]}${end(from)},${end(to)}${bounds[1]}`;
  }
}

/** Values of an array column, or a range for a column of ranges. */
type Several = readonly unknown[] | Range;

const literal = (value: unknown) =>
  value instanceof Range ? quote(value.text) : Array.isArray(value) ? quoteArray(value) : quote(value);

/** Has something in common with these. */
export const overlapping = (values: Several) => new Matching('ov', literal(values));
/** Has nothing but what is among these. */
export const containedIn = (values: Several) => new Matching('cd', literal(values));
/** Holds all of it: values of an array, a range, or a piece of JSON. */
export const containing = (value: Several | Readonly<Record<string, unknown>>) => new Matching('cs', literal(value));
/** Ends before the range begins. */
export const endingBefore = (range: Range) => new Matching('sl', literal(range));
/** Begins after the range has ended. */
export const beginningAfter = (range: Range) => new Matching('sr', literal(range));
/** Does not go beyond the end of the range. */
export const notBeyond = (range: Range) => new Matching('nxr', literal(range));
/** Does not begin before the range. */
export const notBefore = (range: Range) => new Matching('nxl', literal(range));
/** Touches the range and has nothing in common with it. */
export const adjacentTo = (range: Range) => new Matching('adj', literal(range));
/** Differs from it, where an empty value differs from every other: SQL's `is distinct from`. */
export const distinctFrom = (value: unknown) => new Matching('isdistinct', quote(value));
/** Is this, of the three that a truth can be in SQL. */
export const truth = (value: true | false | 'unknown') => new Matching('is', String(value));

export type FullTextOptions = {
  /** `web` as people type into a search engine, `plain` all of the words, `phrase` the words in this order. None of them can be malformed. */
  syntax?: 'web' | 'plain' | 'phrase';
  /** A text search configuration, such as `english`; without one the database's own. */
  language?: string;
};

const textSyntaxes = { web: 'wfts', plain: 'plfts', phrase: 'phfts' } as const;

/** Holds these words, by full text search. @throws TypeError for a language that is no name. */
export function fullText(words: string, { syntax = 'web', language }: FullTextOptions = {}): Matching {
  if (language !== undefined && !/^[a-z_]+$/.test(language)) throw new TypeError(`“${language}” is no configuration.`);
  return new Matching(`${textSyntaxes[syntax]}${language === undefined ? '' : `(${language})`}`, quote(words));
}
