import { text } from '../../locales/index.ts';

/** The rules a decision can name (app.decide_playback), in the order a request meets them. */
export const rules = Object.keys(text.decisions.rules);

/** Why it was decided so, in a sentence. A rule that is newer than this page is named as it is. */
export function ruleWords(rule: string): string {
  return Object.hasOwn(text.decisions.rules, rule)
    ? (text.decisions.rules[rule] ?? rule)
    : text.decisions.otherRule(rule);
}

export function ruleLabel(rule: string): string {
  return Object.hasOwn(text.decisions.ruleLabels, rule) ? (text.decisions.ruleLabels[rule] ?? rule) : rule;
}

/** The family of the program that opened the link; what the server could not tell is said so. */
export function agentWords(family: string | null): string {
  return !family || family === 'other' ? text.decisions.unknownAgent : family;
}
