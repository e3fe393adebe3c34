import type { AuditRow } from '../../rows.ts';

/**
 * Asks for an export that holds one entry and hardly another: by its kind, its object and its time, to the two milliseconds that a
 * `Date` cannot tell apart.
 */
export function proofQuery(
  entry: Pick<AuditRow, 'action' | 'object_type' | 'object_id' | 'occurred_at'>,
): URLSearchParams {
  const at = Date.parse(entry.occurred_at);
  return new URLSearchParams({
    format: 'jsonl',
    action: entry.action,
    object_type: entry.object_type,
    ...(entry.object_id === null ? {} : { object_id: entry.object_id }),
    from: new Date(at).toISOString(),
    to: new Date(at + 2).toISOString(),
  });
}
