import { z } from 'zod';
import { exportedListNames } from './list-names.ts';
import { type ExportedList, exportedLists } from './lists.ts';

const mostFilters = 20;
const mostValues = 100;
const written = z.string().max(200);

/** Rows whose column holds one of these, or contains this, or lies between these: the ends belong to it where it says so. */
const comparison = z.discriminatedUnion('operator', [
  z.strictObject({ field: written, operator: z.literal('eq'), value: written }),
  z.strictObject({ field: written, operator: z.literal('in'), value: z.array(written).min(1).max(mostValues) }),
  z.strictObject({ field: written, operator: z.literal('contains'), value: written.min(1) }),
  z.strictObject({ field: written, operator: z.enum(['gt', 'gte', 'lt', 'lte']), value: written }),
]);
export type Comparison = z.output<typeof comparison>;

/** One comparison, or any of several. All filters have to hold. */
const filter = z.union([
  comparison,
  z.strictObject({ operator: z.literal('or'), value: z.array(comparison).min(1).max(mostFilters) }),
]);
export type ListFilter = z.output<typeof filter>;

const filters = z.array(filter).max(mostFilters);

/** The filters as text, because a query has nothing else. */
const filtersText = z
  .string()
  .max(6_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'Filters are a list, written as JSON.' });
      return z.NEVER;
    }
  })
  .pipe(filters)
  .describe(
    'A JSON list; all of it has to hold: `{"field","operator":"eq"|"in"|"contains"|"gt"|"gte"|"lt"|"lte","value"}`, or `{"operator":"or","value":[…]}`.',
  );

const isTime = (value: string) =>
  /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(value) && !Number.isNaN(Date.parse(value));

const kinds = {
  text: () => true,
  uuid: (value: string) => z.uuid().safeParse(value).success,
  time: isTime,
  number: (value: string) => /^-?\d{1,15}(\.\d{1,6})?$/.test(value),
  truth: (value: string) => value === 'true' || value === 'false',
} as const;

/** What is wrong with a comparison of this list, or undefined. */
function faultOf({ columns }: ExportedList, { field, operator, value }: Comparison): string | undefined {
  const kind = Object.hasOwn(columns, field) ? columns[field] : undefined;
  if (kind === undefined) {
    return `This list has no column ${JSON.stringify(field)} to filter by.`;
  }
  if (operator === 'contains' && kind !== 'text') {
    return `Only text contains something; ${field} is none.`;
  }
  return [value].flat().every((one) => kinds[kind](one)) ? undefined : `${field} cannot be compared with that.`;
}

export const exportListParams = z.object({ list: z.enum(exportedListNames) });

export const exportListQuery = z.strictObject({ filters: filtersText.optional() });

/** @returns what is wrong with the filters of this list, a sentence each */
export function faultsOf(list: ExportedList, given: readonly ListFilter[]): string[] {
  return given.flatMap((one) => (one.operator === 'or' ? one.value : [one])).flatMap((one) => faultOf(list, one) ?? []);
}

export const listOf = (name: z.output<typeof exportListParams>['list']): ExportedList => exportedLists[name];

export const exportListAnswer = z.unknown().describe('CSV (RFC 4180), UTF-8 with a mark of it, the newest row first.');
