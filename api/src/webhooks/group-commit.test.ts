import { afterEach, describe, expect, it, vi } from 'vitest';
import { DatabaseUnavailableError } from '../db/unavailable.ts';
import { GroupCommit, type GroupCommitOptions, OverloadedError } from './group-commit.ts';

type Options = Partial<GroupCommitOptions<string, string>>;

/** A store that commits when it is told to, or at once. */
function storeOf({ held = false, refuse = (_: readonly string[]): Error | undefined => undefined } = {}) {
  const batches: (readonly string[])[] = [];
  const commits: (() => void)[] = [];
  const store = async (items: readonly string[]) => {
    batches.push(items);
    if (held) {
      await new Promise<void>((resolve) => commits.push(resolve));
    }
    const error = refuse(items);
    if (error !== undefined) {
      throw error;
    }
    return items.map((item) => `${item} stored`);
  };
  return { batches, commits, store };
}

const groupOf = (store: GroupCommitOptions<string, string>['store'], options: Options = {}) =>
  new GroupCommit<string, string>({
    store,
    bytesOf: (item) => item.length,
    gatherMs: 0,
    maxItems: 3,
    maxBytes: 100,
    maxWaitingItems: 10,
    maxWaitingBytes: 100,
    ...options,
  });

afterEach(() => void vi.useRealTimers());

describe('a group commit', () => {
  it('stores what comes at once in one transaction, and tells each its own outcome', async () => {
    const { batches, store } = storeOf();
    const group = groupOf(store);
    expect(await Promise.all(['a', 'b', 'c'].map((item) => group.add(item)))).toEqual([
      'a stored',
      'b stored',
      'c stored',
    ]);
    expect(batches).toEqual([['a', 'b', 'c']]);
  });

  it('makes a batch of what comes while a transaction is under way, and answers nobody before the commit', async () => {
    const { batches, commits, store } = storeOf({ held: true });
    const group = groupOf(store);
    const answered: string[] = [];
    const first = group.add('a').then((outcome) => answered.push(outcome));
    await expect.poll(() => commits).toHaveLength(1);
    const later = ['b', 'c'].map((item) => group.add(item).then((outcome) => answered.push(outcome)));
    await new Promise(setImmediate);
    expect({ batches, answered }).toEqual({ batches: [['a']], answered: [] });
    commits[0]?.();
    await first;
    await expect.poll(() => commits).toHaveLength(2);
    expect({ batches, answered }).toEqual({ batches: [['a'], ['b', 'c']], answered: ['a stored'] });
    commits[1]?.();
    await Promise.all(later);
    expect(answered).toEqual(['a stored', 'b stored', 'c stored']);
  });

  it('waits after a batch of several for as many again, but no longer than a moment, and never for one that comes alone', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { batches, store } = storeOf();
    const group = groupOf(store, { gatherMs: 5 });
    const turns = async () => {
      for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
    };
    await Promise.all(['a', 'b'].map((item) => group.add(item)));
    const lone = group.add('c');
    await turns();
    expect(batches).toEqual([['a', 'b']]);
    const both = [lone, group.add('d')];
    await Promise.all(both);
    expect(batches).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);

    const late = group.add('e');
    await turns();
    expect(batches).toHaveLength(2);
    vi.advanceTimersByTime(5);
    await late;
    expect(batches.at(-1)).toEqual(['e']);
    await group.add('f');
    expect(batches.at(-1)).toEqual(['f']);
  });

  it('has two halves of a crowd under way, so that one is read while the other commits, and answers each after its own commit', async () => {
    const { batches, commits, store } = storeOf({ held: true });
    const group = groupOf(store, {
      maxItems: 100,
      maxBytes: 1_000,
      maxWaitingItems: 100,
      maxWaitingBytes: 1_000,
      gatherMs: 1_000,
    });
    const answered: string[] = [];
    const deliver = (names: readonly string[]) =>
      Promise.all(names.map((name) => group.add(name).then((outcome) => answered.push(outcome))));
    const named = (kind: string, count: number) => Array.from({ length: count }, (_, index) => `${kind}${index}`);
    const sizes = () => batches.map(({ length }) => length);

    const first = deliver(named('first', 40));
    await expect.poll(() => commits).toHaveLength(1);
    commits[0]?.();
    await first;
    const halves = [deliver(named('left', 20)), deliver(named('right', 20))];
    expect(sizes()).toEqual([40, 20, 20]);
    const third = deliver(named('more', 20));
    await new Promise(setImmediate);
    expect(sizes()).toEqual([40, 20, 20]);
    expect(answered).toHaveLength(40);

    commits[2]?.();
    await halves[1];
    expect(answered.slice(40).every((outcome) => outcome.startsWith('right'))).toBe(true);
    expect(sizes()).toEqual([40, 20, 20, 20]);
    commits[1]?.();
    commits[3]?.();
    await Promise.all([...halves, third]);
    expect(answered).toHaveLength(100);
  });

  it('makes no batch of more items or more bytes than it may, but takes a single bigger one', async () => {
    const { batches, store } = storeOf();
    const group = groupOf(store, { maxBytes: 4 });
    await Promise.all(['a', 'b', 'c', 'd', 'eee', 'ff', 'ggggggg', 'h'].map((item) => group.add(item)));
    expect(batches).toEqual([['a', 'b', 'c'], ['d', 'eee'], ['ff'], ['ggggggg'], ['h']]);
  });

  it('lets an item that cannot be stored fail alone', async () => {
    const { batches, store } = storeOf({
      refuse: (items) => (items.includes('poison') ? new Error('It cannot be stored.') : undefined),
    });
    const group = groupOf(store);
    expect(await Promise.allSettled(['a', 'poison', 'b'].map((item) => group.add(item)))).toEqual([
      { status: 'fulfilled', value: 'a stored' },
      { status: 'rejected', reason: new Error('It cannot be stored.') },
      { status: 'fulfilled', value: 'b stored' },
    ]);
    expect(batches).toEqual([['a', 'poison', 'b'], ['a'], ['poison'], ['b']]);
  });

  it('fails everything that waits when the database is away, and goes on when it is back', async () => {
    let away = true;
    const { batches, store } = storeOf({
      refuse: () => (away ? new DatabaseUnavailableError(new Error('gone')) : undefined),
    });
    const group = groupOf(store);
    const results = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map((item) => group.add(item)));
    expect(results.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'rejected'));
    expect(batches).toEqual([['a', 'b', 'c']]);
    away = false;
    expect(await group.add('f')).toBe('f stored');
  });

  it.each([
    ['items', { maxWaitingItems: 2 }],
    ['bytes', { maxWaitingBytes: 2 }],
  ])('refuses what would make too many %s wait, and takes more when there is room', async (_what, options) => {
    const { commits, store } = storeOf({ held: true });
    const group = groupOf(store, options);
    const under = group.add('a');
    await expect.poll(() => commits).toHaveLength(1);
    const waiting = [group.add('b'), group.add('c')];
    await expect(group.add('d')).rejects.toThrow(OverloadedError);
    commits[0]?.();
    await under;
    await expect.poll(() => commits).toHaveLength(2);
    const more = group.add('e');
    commits[1]?.();
    await expect.poll(() => commits).toHaveLength(3);
    commits[2]?.();
    expect(await Promise.all([...waiting, more])).toEqual(['b stored', 'c stored', 'e stored']);
  });

  it('is idle when nothing waits and nothing is under way', async () => {
    const { commits, store } = storeOf({ held: true });
    const group = groupOf(store);
    const item = group.add('a');
    let idle = false;
    const becoming = group.idle().then(() => {
      idle = true;
    });
    await expect.poll(() => commits).toHaveLength(1);
    expect(idle).toBe(false);
    commits[0]?.();
    await Promise.all([item, becoming]);
    expect(idle).toBe(true);
  });
});
