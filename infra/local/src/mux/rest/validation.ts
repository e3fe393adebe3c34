import { z } from 'zod';
import { invalidParameters } from '../errors.ts';

/** Parses what a client sent. Throws 400 with one message per fault, each naming its field. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidParameters(...result.error.issues.map(describe));
}

function describe(issue: z.core.$ZodIssue): string {
  const field = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => (field === '' ? key : `${field}.${key}`));
    return `${names.join(', ')}: unknown or not emulated parameter`;
  }
  return field === '' ? issue.message : `${field}: ${issue.message}`;
}

const wholeNumber = z.coerce.number().int('must be a whole number').min(1, 'must be at least 1');

/** `page` from 1, `limit` 25 by default and 100 at the most. Source: "Pagination" in the API reference. */
export const pageQuery = z.object({
  page: wholeNumber.default(1),
  limit: wholeNumber.max(100, 'must be at most 100').default(25),
});
