import { describe, expect, it } from 'vitest';
import { ruleLabel, rules, ruleWords } from '../playback-decisions/rules.ts';
import { changesOf, valueText } from './diff.ts';
import { actionWords, actorWords, doorWords, objectWords, roleWords } from './words.ts';

describe('a recorded change', () => {
  it('stands field by field, with what was not set on either side', () => {
    expect(changesOf({ title: 'A', label: null }, { title: 'B', status: 'ready' })).toEqual([
      { field: 'label', before: null, after: undefined },
      { field: 'status', before: undefined, after: 'ready' },
      { field: 'title', before: 'A', after: 'B' },
    ]);
  });

  it('of a new or a gone object has one side only', () => {
    expect(changesOf(null, { id: 1 })).toEqual([{ field: 'id', before: undefined, after: 1 }]);
    expect(changesOf(null, null)).toEqual([]);
  });

  it('does not take what every object inherits for a field', () => {
    expect(changesOf({ a: 1 }, {})).toEqual([{ field: 'a', before: 1, after: undefined }]);
  });

  it('reads as it was recorded', () => {
    expect([valueText('x'), valueText(false), valueText(null), valueText(0)]).toEqual(['x', 'false', undefined, '0']);
  });
});

describe('a personal value', () => {
  it('is said to be kept apart, where the log holds its commitment', () => {
    expect(valueText({ commitment: 'ab12' })).toBe('A personal value, kept apart from the log');
    expect(valueText({ commitment: 'ab12', more: 1 })).toContain('"more"');
  });
});

describe('who did it', () => {
  const entry = { actor_name: null, actor_subject: 'user_x', actor_role: 'mm_admin' };

  it('is a name where the reader may know it, else a role, else the system', () => {
    expect(actorWords({ ...entry, actor_name: 'Priya Nair' })).toBe('Priya Nair');
    expect(actorWords(entry)).toBe('Admin');
    expect(actorWords({ ...entry, actor_role: 'mm_robot' })).toBe('user_x');
    expect(actorWords({ actor_name: null, actor_subject: null, actor_role: null })).toBe('The system');
  });

  it('has a role by the database’s name and by ours', () => {
    expect([roleWords('mm_coach'), roleWords('coach'), roleWords(null), roleWords('postgres')]).toEqual([
      'Coach',
      'Coach',
      undefined,
      undefined,
    ]);
  });
});

it('what this page does not know yet is shown by its own name, not hidden', () => {
  expect(actionWords('share_token.cut')).toBe('share token cut');
  expect(objectWords('legal_hold')).toBe('legal hold');
  expect(doorWords('constructor')).toBe('constructor');
  expect(ruleWords('play.held')).toContain('play.held');
});

it('every rule has a sentence and a short name', () => {
  for (const rule of rules) {
    expect(ruleWords(rule)).not.toContain(rule);
    expect(ruleLabel(rule)).not.toBe(rule);
  }
});
