import { describe, expect, it } from 'vitest';
import { type PreviewRow, sumUp } from './answers.ts';
import { choiceOfFilters } from './choice.ts';

const now = new Date('2026-05-03T02:00:00Z');

function row(part: Partial<PreviewRow>): PreviewRow {
  return {
    id: '0198c1a0-0000-7000-8000-000000000001',
    public_id: 'aB3',
    label: null,
    video_id: '0198c1a0-0000-7000-8000-00000000000a',
    video_title: 'Serve',
    coach_id: '0198c1a0-0000-7000-8000-00000000000b',
    coach_name: 'Amelia',
    created_at: '2026-05-01T00:00:00Z',
    expires_at: '2026-05-08T00:00:00Z',
    last_decision_at: null,
    last_byte_possible_by: '2026-05-03T02:00:01Z',
    ...part,
  };
}

describe('the sum of a preview', () => {
  it('counts links, videos and coaches, and who may be watching until when', () => {
    const rows = [
      row({ last_decision_at: '2026-05-03T01:58:00Z', last_byte_possible_by: '2026-05-03T02:03:00Z' }),
      row({ video_id: 'b', last_decision_at: '2026-05-03T01:59:00Z', last_byte_possible_by: '2026-05-03T02:04:00Z' }),
      row({ video_id: 'b', last_decision_at: '2026-05-02T01:59:00Z', last_byte_possible_by: '2026-05-03T02:00:00Z' }),
    ];
    expect(sumUp(rows, now)).toEqual({
      links: 3,
      videos: 2,
      coaches: 1,
      watched: 2,
      until: new Date('2026-05-03T02:04:00Z'),
    });
  });

  it('takes a link that nobody ever opened for one that nobody watches', () => {
    expect(sumUp([row({})], now)).toMatchObject({ watched: 0, until: undefined });
  });
});

describe('all that match the filters', () => {
  it('is nothing without a filter: everything is never meant by leaving things out', () => {
    expect(choiceOfFilters({})).toBe('how');
  });

  it('is nothing where only ended links are shown', () => {
    expect(choiceOfFilters({ status: ['expired', 'revoked'], coach: ['c'] })).toBe('notLive');
  });

  it('is every live link of the video and the coach', () => {
    expect(choiceOfFilters({ video: ['v'], coach: ['c'] })).toEqual({ of_video_id: 'v', of_coach_id: 'c' });
  });
});
