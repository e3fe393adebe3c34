import { describe, expect, it } from 'vitest';
import { storyLine } from './answers.ts';
import { headOf, lookOf, noteOf, placeOf } from './words.ts';

const line = (source: string, step: string, facts: unknown, more: object = {}) =>
  storyLine.parse({
    id: `${source}:01a1ff5d-7367-75a1-adc0-f4854442a675`,
    at: '2026-11-21T02:00:00.123456+00:00',
    source,
    step,
    object_type: 'share_token',
    object_id: '01a1ff5d-747c-75d0-9bad-32a7056e5940',
    object_name: 'For the club',
    actor_name: null,
    reason: null,
    facts,
    ...more,
  });

const everything = { links: true, events: true, log: true };

describe('a line of the story', () => {
  it.each([
    [line('upload', 'uploading', null), 'Upload started', undefined, 'done'],
    [line('upload', 'errored', { error: 'invalid_input' }), 'Upload failed', 'invalid_input', 'failed'],
    [line('asset', 'deleted', null), 'Asset deleted', undefined, 'stopped'],
    [
      line('event', 'video.asset.ready', { state: 'dead', attempts: 5 }),
      'Mux said video.asset.ready',
      'Gave up after 5 failed attempts',
      'failed',
    ],
    [line('link', 'expired', null), 'A share link ended by itself', undefined, 'stopped'],
    [
      line('act', 'share_token.revoked', null, { reason: 'Wrong person' }),
      'Revoked a share link',
      'Wrong person',
      'stopped',
    ],
    [
      line('plays', 'watched', { plays: 3, measured: 2, watch_seconds: 75 }),
      '3 plays on this day',
      '1 min 15 s watched, by the 2 of 3 that were measured. The last began then.',
      'done',
    ],
  ])('%# says what happened, what there is to add, and how it looks', (told, head, note, look) => {
    expect([headOf(told), noteOf(told), lookOf(told)]).toEqual([head, note, look]);
  });

  it('leads to where more stands, and nowhere that is not for the reader', () => {
    const act = line('act', 'share_token.revoked', null);
    expect(placeOf(act, everything)).toBe('/audit-log/01a1ff5d-7367-75a1-adc0-f4854442a675');
    expect(placeOf(act, { ...everything, log: false })).toBeUndefined();
    const event = line('event', 'video.asset.ready', { state: 'processed', attempts: 0 });
    expect(placeOf(event, everything)).toBe('/webhook-events/01a1ff5d-747c-75d0-9bad-32a7056e5940');
    expect(placeOf(event, { ...everything, events: false })).toBeUndefined();
    expect(placeOf(line('upload', 'ready', null), everything)).toBeUndefined();
  });
});
