/** One field of a change. `undefined` on a side: the field was not set there. */
export type Change = { field: string; before: unknown; after: unknown };

type Values = Readonly<Record<string, unknown>> | null;
export type Side = 'before' | 'after';

/** Both sides of an audit entry, field by field, in the order of the alphabet. */
export function changesOf(before: Values, after: Values): Change[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields].sort().map((field) => ({
    field,
    before: before && Object.hasOwn(before, field) ? before[field] : undefined,
    after: after && Object.hasOwn(after, field) ? after[field] : undefined,
  }));
}

/** What the triggers write on both sides for a secret that changed: that it did, and nothing more. */
const notRecorded = '(not recorded)';

export function isSecret(value: unknown): boolean {
  return value === notRecorded;
}

/** Whether both sides say the same. Values come from `jsonb`, which has one order of keys. */
export function isUnchanged({ before, after }: Change): boolean {
  return before !== undefined && !isSecret(before) && JSON.stringify(before) === JSON.stringify(after);
}

/**
 * What stands in an entry for a personal value: sha256(salt || value), hex. The value itself is kept apart, so that it can be
 * erased and the log still holds.
 */
export function commitmentOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Object.keys(value).join() !== 'commitment') return undefined;
  const { commitment } = value as { commitment: unknown };
  return typeof commitment === 'string' ? commitment : undefined;
}

/** The fields of an entry that hold personal values, on either side. */
export function hasPersonalValues(before: Values, after: Values): boolean {
  return [before, after].some((side) => Object.values(side ?? {}).some((value) => commitmentOf(value) !== undefined));
}

/** A recorded value as text. Undefined and null are both "not set", which is for the caller to say. */
export function valueText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}
