import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ruleLabel, rules, ruleWords } from '../playback-decisions/rules.ts';
import { changesOf, commitmentOf, hasPersonalValues, isUnchanged, valueText } from './diff.ts';
import { actions, actionWords, actorWords, doorWords, objectTypes, objectWords, roleWords } from './words.ts';

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

describe('what is not a plain value', () => {
  it('is a commitment, where the log holds a personal value', () => {
    expect(
      [{ commitment: 'ab12' }, { commitment: 'ab12', more: 1 }, { commitment: 1 }, 'ab12', null].map(commitmentOf),
    ).toEqual(['ab12', undefined, undefined, undefined, undefined]);
    expect(hasPersonalValues(null, { title: { commitment: 'ab12' } })).toBe(true);
    expect(hasPersonalValues({ status: 'ready' }, null)).toBe(false);
  });

  it('is a change, where a secret changed, though both sides read alike', () => {
    const [change] = changesOf({ secret_hash: '(not recorded)' }, { secret_hash: '(not recorded)' });
    expect(change && isUnchanged(change)).toBe(false);
  });

  it('is unchanged, where both sides say the same, and only there', () => {
    const changes = changesOf({ a: { x: [1] }, b: 1, d: null }, { a: { x: [1] }, b: '1', c: 1, d: null });
    expect(changes.filter(isUnchanged).map(({ field }) => field)).toEqual(['a', 'd']);
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
  expect(objectWords('training_plan')).toBe('training plan');
  expect(doorWords('constructor')).toBe('constructor');
  expect(ruleWords('play.held')).toContain('play.held');
});

it('every rule has a sentence and a short name', () => {
  for (const rule of rules) {
    expect(ruleWords(rule)).not.toContain(rule);
    expect(ruleLabel(rule)).not.toBe(rule);
  }
});

describe('the words of the log', () => {
  const folder = fileURLToPath(new URL('../../../../sql/', import.meta.url));
  const sql = ['api', 'functions', 'triggers']
    .flatMap((part) =>
      readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, part, file)),
    )
    .filter((file) => file.endsWith('.sql'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const found = (pattern: RegExp) => [...new Set([...sql.matchAll(pattern)].map(([, name = '']) => name))];

  it('name every kind of object whose rows the database records', () => {
    const recorded = found(/audit\.tg_record\('([a-z_]+)'/g);
    expect(recorded).toContain('share_token');
    expect(recorded.filter((type) => !objectTypes.includes(type))).toEqual([]);
  });

  it('name every action that the database gives a name of its own', () => {
    const named = found(/audit\.(?:record|explain)\(\s*'([a-z_]+\.[a-z_]+)'/g);
    expect(named).toContain('share_token.revoked');
    expect(named.filter((action) => !actions.includes(action))).toEqual([]);
  });
});
