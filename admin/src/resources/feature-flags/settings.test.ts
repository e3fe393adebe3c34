import { describe, expect, it } from 'vitest';
import { isSame, settingsWords } from './settings.ts';

describe('the settings of a flag in words', () => {
  it.each([
    [{ is_enabled: false, rollout_percent: 100, roles: [] }, 'Off'],
    [{ is_enabled: true, rollout_percent: 0, roles: [] }, 'Off'],
    [{ is_enabled: true, rollout_percent: 100, roles: [] }, 'On'],
    [{ is_enabled: true, rollout_percent: 20, roles: [] }, 'On for 20 %'],
    [{ is_enabled: true, rollout_percent: 20, roles: ['coach', 'admin'] }, 'On for 20 %. Only coach, admin'],
  ] as const)('%j is %s', (settings, words) => {
    expect(settingsWords({ ...settings, roles: [...settings.roles] })).toBe(words);
  });

  it('are the same whatever the order of the roles, and differ by any of the three', () => {
    const one = { is_enabled: true, rollout_percent: 20, roles: ['coach' as const, 'admin' as const] };
    expect(isSame(one, { ...one, roles: ['admin', 'coach'] })).toBe(true);
    for (const other of [{ is_enabled: false }, { rollout_percent: 21 }, { roles: [] }]) {
      expect(isSame(one, { ...one, ...other })).toBe(false);
    }
  });
});
