import { expect, it } from 'vitest';
import type { RevocationRow, RevokedTokenRow } from '../rows.ts';
import { receiptCsv } from './receipt-csv.ts';

const receipt: RevocationRow = {
  id: 'r1',
  revoked_at: '2026-05-03T02:00:00Z',
  revoked_by: 'p1',
  revoked_by_name: 'Priya Nair',
  reason: 'Season, over',
  of_video_id: null,
  of_coach_id: null,
  token_count: 2,
  last_byte_possible_by: '2026-05-03T02:04:00Z',
  filter: null,
};
const line: RevokedTokenRow = {
  id: 't1',
  revocation_id: 'r1',
  coach_id: 'c1',
  public_id: '-aB3',
  label: '=HYPERLINK("x")',
  last_decision_at: null,
  last_heartbeat_at: null,
  dead_since: '2026-05-03T02:00:00Z',
  last_byte_possible_by: '2026-05-03T02:00:00Z',
};

it('has a line for each link, quotes what needs it, and holds nothing that a spreadsheet would run', () => {
  expect(receiptCsv(receipt, [line]).split('\r\n')).toEqual([
    'revocation_id,revoked_at,revoked_by,reason,share_link_id,public_id,label,last_let_in_at,last_heartbeat_at,last_byte_possible_by,dead_since',
    `r1,2026-05-03T02:00:00Z,Priya Nair,"Season, over",t1,'-aB3,"'=HYPERLINK(""x"")",,,2026-05-03T02:00:00Z,2026-05-03T02:00:00Z`,
    '',
  ]);
});
