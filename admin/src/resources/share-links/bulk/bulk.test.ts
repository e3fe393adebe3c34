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
  it('is nothing without a filter where everybody’s links are shown, and all of one’s own where only those are', () => {
    expect(choiceOfFilters({}, undefined)).toBe('how');
    expect(choiceOfFilters({}, 'me')).toEqual({ of_coach_id: 'me' });
  });

  it('is nothing where only ended links are shown', () => {
    expect(choiceOfFilters({ status: ['expired', 'revoked'], coach: ['c'] }, undefined)).toBe('notLive');
  });

  it('leaves the ended ones out where they are shown among live ones', () => {
    expect(choiceOfFilters({ status: ['active', 'expired'] }, undefined)).toEqual({ filter: { status: 'active' } });
    expect(choiceOfFilters({ status: ['active', 'scheduled'], video: ['v'] }, undefined)).toEqual({ of_video_id: 'v' });
  });

  it('says every filter of the list', () => {
    const values = {
      q: ['under 16'],
      video: ['v'],
      coach: ['c'],
      created: ['2026-05-01T00:00:00Z', ''],
      ends: ['', '2026-05-09T00:00:00Z'],
    };
    expect(choiceOfFilters(values, undefined)).toEqual({
      of_video_id: 'v',
      of_coach_id: 'c',
      filter: { search: 'under 16', created_from: '2026-05-01T00:00:00Z', expires_before: '2026-05-09T00:00:00Z' },
    });
  });
});
