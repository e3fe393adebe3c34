import { describe, expect, it } from 'vitest';
import type { Database } from '../db/database.ts';
import { RefusalCounter } from './refusal-counter.ts';

function counterOf({ pauseMs = 60_000, broken = false } = {}) {
  const told: unknown[][] = [];
  const errors: unknown[] = [];
  const state = { broken };
  const database: Pick<Database, 'query'> = {
    async query(_statement, values) {
      if (state.broken) {
        throw new Error('gone');
      }
      told.push([...values]);
      return [];
    },
  };
  const counter = new RefusalCounter(database, (error) => errors.push(error), pauseMs);
  return { counter, told, errors, state };
}

describe('refused webhooks', () => {
  it('are told to the database at once, and then as a sum', async () => {
    const { counter, told } = counterOf();
    counter.count('mux', 'mismatch');
    await expect.poll(() => told).toEqual([['mux', 'mismatch', 1]]);
    for (let count = 0; count < 500; count += 1) {
      counter.count('mux', 'mismatch');
      counter.count('clerk', 'missing');
    }
    expect(told).toHaveLength(1);
    await counter.close();
    expect(told.slice(1)).toEqual([
      ['mux', 'mismatch', 500],
      ['clerk', 'missing', 500],
    ]);
  });

  it('are told again when the pause is over', async () => {
    const { counter, told } = counterOf({ pauseMs: 5 });
    counter.count('mux', 'future');
    counter.count('mux', 'future');
    await expect.poll(() => told.reduce((sum, [, , refused]) => sum + Number(refused), 0)).toBe(2);
    await counter.close();
  });

  it('are not forgotten while the database is away', async () => {
    const { counter, told, errors, state } = counterOf({ broken: true });
    counter.count('resend', 'malformed');
    await expect.poll(() => errors).toHaveLength(1);
    state.broken = false;
    await counter.close();
    expect(told).toEqual([['resend', 'malformed', 1]]);
  });
});
