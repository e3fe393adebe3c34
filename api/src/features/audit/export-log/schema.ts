import { z } from 'zod';

/** Text without control characters, which no id or name here has and PostgreSQL would refuse. */
const word = z
  .string()
  .min(1)
  .max(255)
  .regex(/^\P{Cc}*$/u, 'This must not contain control characters.');

/** A time with an offset, kept as it was written, in the centuries that PostgreSQL and people mean. */
const time = z.iso
  .datetime({ offset: true, error: 'This must be a time such as 2026-11-21T04:05:06Z.', abort: true })
  .refine((text) => /^(19|2\d)\d\d/.test(text), 'This must be a time between 1900 and 2999.');

/** Filters by the names that they have in the header of an export. Unknown ones are refused: a slip must not export everything. */
const filters = {
  actor: word.optional().describe('Subject of whoever did it.'),
  action: z
    .string()
    .regex(/^[a-z_]+\.[a-z_]+$/, 'This must be an action such as share_token.revoked.')
    .max(128)
    .optional()
    .describe('What was done.'),
  object_type: z
    .string()
    .regex(/^[a-z_]+$/, 'This must be a kind of object such as share_token.')
    .max(64)
    .optional()
    .describe('What kind of thing it was done to.'),
  object_id: word.optional().describe('Which one.'),
  from: time.optional().describe('Entries from this time on.'),
  to: time.optional().describe('Entries before this time.'),
};

export const exportLogQuery = z
  .strictObject({ format: z.enum(['jsonl', 'csv']).default('jsonl'), ...filters })
  .refine(({ from, to }) => from === undefined || to === undefined || Date.parse(from) < Date.parse(to), {
    path: ['to'],
    error: 'This must be after `from`.',
  });

/** The filters that were given, as they were written. */
export type Filter = Readonly<Partial<Record<keyof typeof filters, string | undefined>>>;

export const exportLogAnswer = z
  .unknown()
  .describe('JSON Lines (docs/reference/audit-log-format.md), or CSV. A file that was cut off is not complete.');
