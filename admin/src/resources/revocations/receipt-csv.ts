import type { RevocationRow, RevokedTokenRow } from '../rows.ts';

const heading = [
  'revocation_id',
  'revoked_at',
  'revoked_by',
  'reason',
  'share_link_id',
  'public_id',
  'label',
  'last_let_in_at',
  'last_heartbeat_at',
  'last_byte_possible_by',
  'dead_since',
] as const;

/** A receipt as CSV (RFC 4180), one line for each link; times are UTC, ISO 8601. */
export function receiptCsv(receipt: RevocationRow, lines: readonly RevokedTokenRow[]): string {
  const rows = lines.map((line) => [
    receipt.id,
    receipt.revoked_at,
    receipt.revoked_by_name ?? '',
    receipt.reason,
    line.id,
    line.public_id ?? '',
    line.label ?? '',
    line.last_decision_at ?? '',
    line.last_heartbeat_at ?? '',
    line.last_byte_possible_by,
    line.dead_since ?? '',
  ]);
  return [heading, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A value that a spreadsheet would take for a formula is kept from it by an apostrophe. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
