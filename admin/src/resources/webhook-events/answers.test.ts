import { expect, it } from 'vitest';
import { countOutcomes, uploadOf } from './answers.ts';

const id = '0199d3a4-7a4c-7f00-8000-000000000001';

it('outcomes are counted in one order, and those that do not occur are left out', () => {
  expect(countOutcomes([{ outcome: 'failed' }, { outcome: 'processed' }, { outcome: 'failed' }])).toEqual([
    ['processed', 1],
    ['failed', 2],
  ]);
});

it('the upload of a payload is what was passed through, of an asset or of an upload', () => {
  expect(uploadOf({ data: { passthrough: id } })).toBe(id);
  expect(uploadOf({ data: { new_asset_settings: { passthrough: id } } })).toBe(id);
  expect(uploadOf({ data: { passthrough: '[masked]', new_asset_settings: '[masked]' } })).toBeUndefined();
  expect(uploadOf(null)).toBeUndefined();
});
