import { defaultRules, type LimitMode, type LimitName, type LimitRule, type LimitRules, limitNames } from './rules.ts';

const entryShape = /^(?<name>\*|[a-z-]+)=(?:(?<points>\d{1,7})\/(?<seconds>\d{1,5}))?:?(?<mode>off|monitor|enforce)?$/;

const longestWindowSeconds = 86_400;

function changed(rule: LimitRule, groups: Readonly<Record<string, string | undefined>>): LimitRule {
  return {
    ...rule,
    ...(groups.points === undefined ? {} : { points: Number(groups.points), windowSeconds: Number(groups.seconds) }),
    ...(groups.mode === undefined ? {} : { mode: groups.mode as LimitMode }),
  };
}

/**
 * The rules of `RATE_LIMITS`: entries such as `playback=120/60`, `share-guess=monitor`, `reports=30/60:enforce` or `*=monitor`, each about
 * the rules as the entries before left them.
 * @throws {TypeError} naming the entry that cannot be read
 */
export function readLimitSettings(entries: readonly string[]): LimitRules {
  let rules: LimitRules = defaultRules;
  for (const entry of entries) {
    const groups = entryShape.exec(entry)?.groups;
    if (groups === undefined || (groups.points === undefined && groups.mode === undefined)) {
      throw new TypeError(`has no entry such as name=100/60:enforce in “${entry}”`);
    }
    const names = limitNames.filter((name) => groups.name === '*' || groups.name === name);
    if (names.length === 0) {
      throw new TypeError(`names no rule in “${entry}”; the rules are ${limitNames.join(', ')}`);
    }
    if (groups.points !== undefined && (Number(groups.points) < 1 || Number(groups.seconds) < 1)) {
      throw new TypeError(`must count at least 1 request in at least 1 second in “${entry}”`);
    }
    if (Number(groups.seconds ?? 1) > longestWindowSeconds) {
      throw new TypeError(`has a window of more than ${longestWindowSeconds} seconds in “${entry}”`);
    }
    const ours: Partial<Record<LimitName, LimitRule>> = {};
    for (const name of names) {
      ours[name] = changed(rules[name], groups);
    }
    rules = { ...rules, ...ours };
  }
  return rules;
}
