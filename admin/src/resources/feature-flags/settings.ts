import { text } from '../../locales/index.ts';
import type { Role } from '../../providers/auth/index.ts';
import type { Settings } from './answers.ts';

/** “Off”, “On”, “On for 20 %. Only coach, admin”. */
export function settingsWords({ is_enabled, rollout_percent, roles }: Settings): string {
  const words = text.flags;
  if (!is_enabled || rollout_percent === 0) return words.states.off;
  const share = rollout_percent === 100 ? words.states.on : words.states.part(rollout_percent);
  return roles.length === 0 ? share : `${share}. ${words.roles(roles.map(nameOf).join(', '))}`;
}

const nameOf = (role: Role) => text.account.roles[role].toLowerCase();

export function isSame(one: Settings, other: Settings): boolean {
  return (
    one.is_enabled === other.is_enabled &&
    one.rollout_percent === other.rollout_percent &&
    [...one.roles].sort().join() === [...other.roles].sort().join()
  );
}
