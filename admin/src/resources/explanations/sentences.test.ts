import { describe, expect, it } from 'vitest';
import type { ExplanationRow } from './answers.ts';
import { sentencesOf, verdict } from './sentences.ts';

const row: ExplanationRow = {
  kind: 'share',
  share_token_id: '0198c1a0-0000-7000-8000-000000000001',
  public_id: 'aB3',
  label: 'Parents',
  video_id: '0198c1a0-0000-7000-8000-00000000000a',
  video_title: 'Serve',
  created_at: '2026-05-01T00:00:00Z',
  created_by_name: 'Amelia Hart',
  starts_at: null,
  expires_at: '2026-05-08T00:00:00Z',
  revoked_at: null,
  revoke_reason: null,
  valid_from: '2026-05-03T00:00:00Z',
  valid_until: '2026-05-04T00:00:00Z',
  plays: 2,
  renewals: 0,
  refusals: 0,
  last_token_expires_at: '2026-05-03T10:05:00Z',
  rules: [],
  decisions: [],
  changes: [],
};
const told = (part: Partial<ExplanationRow>) => sentencesOf({ ...row, ...part }).join(' ');

describe('why a link could be used', () => {
  it('says who made it and that it was valid', () => {
    expect(told({})).toMatch(
      /^Made by Amelia Hart on 1 May 2026.* Valid in this time, from 3 May 2026.* to 4 May 2026/,
    );
  });

  it('says what ended it within the time', () => {
    const revoked_at = '2026-05-03T12:00:00Z';
    expect(told({ valid_until: revoked_at, revoked_at, revoke_reason: 'Left' })).toContain('was revoked: “Left”');
    expect(told({ valid_until: row.expires_at })).toContain('it expired');
  });

  it('says what had ended it before, and until when a player could go on', () => {
    const ended = { valid_from: null, valid_until: null };
    const revoked = told({ ...ended, revoked_at: '2026-05-02T23:59:00Z', revoke_reason: 'Left' });
    expect(revoked).toContain('Not valid in this time: it had been revoked on');
    expect(revoked).toContain('could go on until');
    expect(told({ ...ended, plays: 0, last_token_expires_at: null })).toContain('it expired on');
    expect(told({ ...ended, plays: 0, last_token_expires_at: null })).not.toContain('could go on');
  });
});

it('the verdict counts links that were valid and who was let in', () => {
  expect(verdict([row, { ...row, valid_from: null, plays: 0 }])).toBe(
    '1 link was valid in this time, and 2 viewers were let in.',
  );
  expect(verdict([])).toBe('No link was valid in this time, and nobody was let in.');
});
