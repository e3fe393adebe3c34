import { describe, expect, it } from 'vitest';
import { createAnswer, linkOf, readForm } from './creation.ts';
import { embedSnippet } from './embed.ts';
import { needsOf } from './needs.ts';
import { mayStillPlay, revokeAnswer } from './revocation.ts';

const now = new Date('2026-03-10T03:00:00Z');
const life = { minHours: 24, maxHours: 168 };
const video = '0198c1a0-0000-7000-8000-000000000001';

describe('the form for a new link', () => {
  it('sends the end of the chosen preset, and no label for an empty one', () => {
    expect(readForm({ video_id: video, life: 72, label: '  ' }, now, life)).toEqual({
      request: { video_id: video, expires_at: '2026-03-13T03:01:00.000Z', label: null },
    });
  });

  it('names each field that is wrong', () => {
    expect(readForm({ life: 'custom', label: 'x'.repeat(121) }, now, life)).toEqual({
      faults: {
        video_id: 'Choose the video that the link plays.',
        expires_at: 'Choose a date and time.',
        label: 'A label has at most 120 characters.',
      },
    });
  });

  it('refuses an end outside of the allowed life, in words', () => {
    const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
    const form = (hours: number) => readForm({ video_id: video, life: 'custom', expires_at: at(hours) }, now, life);
    expect(form(23)).toEqual({ faults: { expires_at: 'A link lives at least 24 hours. Choose a later time.' } });
    expect(form(169)).toEqual({ faults: { expires_at: 'A link lives at most 7 days. Choose an earlier time.' } });
    expect(form(48)).toHaveProperty('request');
  });
});

describe('the options of a new link', () => {
  const plain = { video_id: video, life: 24, label: '' };

  it('are left out where nothing was wished', () => {
    const empty = {
      ...plain,
      starts: 'now' as const,
      recipients: ' \n',
      embed_origins: '',
      note: ' ',
      max_views: null,
    };
    expect(readForm(empty, now, life)).toEqual({
      request: { video_id: video, expires_at: '2026-03-11T03:01:00.000Z', label: null },
    });
  });

  it('are sent as lists and numbers; the passphrase is apart, for the api to hash', () => {
    const filled = {
      ...plain,
      recipients: 'ann@club.example, @school.example\nann@club.example',
      embed_origins: 'https://club.example',
      max_views: 3,
      passphrase: ' kick flip ',
      sign_in_required: true,
      note: 'For the trial week',
    };
    expect(readForm(filled, now, life)).toEqual({
      request: {
        video_id: video,
        expires_at: '2026-03-11T03:01:00.000Z',
        label: null,
        recipients: ['ann@club.example', '@school.example'],
        embed_origins: ['https://club.example'],
        max_views: 3,
        sign_in_required: true,
        note: 'For the trial week',
      },
      passphrase: ' kick flip ',
    });
  });

  it('count the life from the start, when that is later', () => {
    const start = new Date('2026-03-20T08:00:00Z');
    const later = (end: Date | undefined) =>
      readForm({ ...plain, life: 'custom', starts: 'later', starts_at: start, expires_at: end }, now, life);
    expect(readForm({ ...plain, starts: 'later', starts_at: start }, now, life)).toMatchObject({
      request: { starts_at: start.toISOString(), expires_at: '2026-03-21T08:01:00.000Z' },
    });
    expect(later(new Date('2026-03-20T20:00:00Z'))).toHaveProperty('faults.expires_at');
    expect(later(new Date('2026-03-27T08:00:00Z'))).toHaveProperty('request');
    expect(readForm({ ...plain, starts: 'later' }, now, life)).toEqual({
      faults: { starts_at: 'Choose when the link starts, or let it start now.' },
    });
  });
});

it('whoever gets a link is told what they need besides it', () => {
  expect(needsOf({ hasPassphrase: false })).toEqual([]);
  expect(needsOf({ hasPassphrase: true, recipients: ['ann@club.example'], max_views: 1 })).toEqual([
    'The address ann@club.example: they are sent a code, or sign in with it.',
    'The passphrase. Send it by another way than the link.',
    'To be the first: the link is for one viewer.',
  ]);
});

it('the code to embed keeps the secret in the fragment, and lets no title break out of its attribute', () => {
  const code = embedSnippet('https://office.test/s/aB3#s3cret', '"><script>');
  expect(code).toContain('src="https://office.test/s/aB3?embed=1#s3cret"');
  expect(code).toContain('title="&quot;>&lt;script>"');
});

it('the secret stands after the #, so that no server is told it', () => {
  const url = new URL(linkOf('https://office.test/s/', { public_id: 'aB3', secret: 's3cr_et-' }));
  expect(url.pathname).toBe('/s/aB3');
  expect(url.search).toBe('');
  expect(url.hash).toBe('#s3cr_et-');
});

it('times of the database are understood, whatever their offset', () => {
  const answer = { id: video, public_id: 'a', secret: 'b', expires_at: '2026-03-13T14:00:00.123456+11:00' };
  expect(createAnswer.safeParse(answer).success).toBe(true);
});

it('playback may go on after a revocation exactly as long as tokens are out', () => {
  const revoked = { id: video, revoked_at: '2026-03-10T03:00:00+00:00' };
  const at = (last: string) => mayStillPlay(revokeAnswer.parse({ ...revoked, last_byte_possible_by: last }));
  expect(at('2026-03-10T03:04:59+00:00')).toBe(true);
  expect(at('2026-03-10T03:00:00+00:00')).toBe(false);
});
