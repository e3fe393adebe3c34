import { expect, it } from 'vitest';
import { lookOf, stepWords } from './story.ts';

it('an event looks like what became of it', () => {
  const look = (event_state: Parameters<typeof lookOf>[0]['event_state']) =>
    lookOf({ source: 'event', step: 'video.asset.errored', event_state });
  expect(look('dead')).toBe('failed');
  expect(look('received')).toBe('now');
  expect(look('quarantined')).toBe('now');
  expect(look('processed')).toBe('done');
  expect(look('ignored')).toBe('stopped');
  expect(look('discarded')).toBe('stopped');
});

it('a step of an upload or an asset looks like how it went', () => {
  expect(lookOf({ source: 'upload', step: 'ready', event_state: null })).toBe('done');
  expect(lookOf({ source: 'upload', step: 'expired', event_state: null })).toBe('failed');
  expect(lookOf({ source: 'asset', step: 'errored', event_state: null })).toBe('failed');
  expect(lookOf({ source: 'asset', step: 'deleted', event_state: null })).toBe('stopped');
});

it('a step has words, a newer one its own name', () => {
  expect(stepWords({ source: 'asset', step: 'ready' })).toBe('Asset ready');
  expect(stepWords({ source: 'upload', step: 'constructor' })).toBe('constructor');
  expect(stepWords({ source: 'event', step: 'video.asset.ready' })).toBe('video.asset.ready');
});
