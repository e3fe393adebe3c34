import { text } from '../../locales/index.ts';

/** One field of a change. `undefined` on a side: the field was not set there. */
export type Change = { field: string; before: unknown; after: unknown };

type Side = Readonly<Record<string, unknown>> | null;

/** Both sides of an audit entry, field by field, in the order of the alphabet. */
export function changesOf(before: Side, after: Side): Change[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields].sort().map((field) => ({
    field,
    before: before && Object.hasOwn(before, field) ? before[field] : undefined,
    after: after && Object.hasOwn(after, field) ? after[field] : undefined,
  }));
}

/** What stands in an entry for a personal value: the value itself is kept apart, so that it can be erased and the log still holds. */
function isCommitment(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).join() === 'commitment';
}

/** A recorded value as text. Undefined and null are both "not set", which is for the caller to say. */
export function valueText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (isCommitment(value)) return text.audit.keptApart;
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}
