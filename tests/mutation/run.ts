import type { ClientBase, Pool } from 'pg';
import type { Mutant } from './mutants.ts';
import type { Check } from './suite.ts';

export type Verdict = { mutant: Mutant; killedBy: string | null; by: Check['by'] | null };

/** Whether a check found something. One that cannot even finish has noticed something, too. */
async function noticed(client: ClientBase, check: Check): Promise<boolean> {
  await client.query('savepoint before_check');
  try {
    return (await check.run(client)).length > 0;
  } catch {
    return true;
  } finally {
    await client.query('rollback to savepoint before_check');
  }
}

/**
 * Applies the mutant in a transaction, runs the checks until one notices, and rolls back. What asks about the
 * mutant's object comes first, then what reads the catalogue, then the rest.
 */
async function judge(client: ClientBase, mutant: Mutant, suite: readonly Check[]): Promise<Verdict> {
  const nearness = (check: Check) => (check.about.includes(mutant.target) ? 0 : check.by === 'catalogue' ? 1 : 2);
  const ordered = [...suite].sort((a, b) => nearness(a) - nearness(b));
  await client.query('begin');
  try {
    await client.query(mutant.apply);
    for (const check of ordered) {
      if (await noticed(client, check)) return { mutant, killedBy: check.name, by: check.by };
    }
    return { mutant, killedBy: null, by: null };
  } finally {
    await client.query('rollback');
  }
}

/** Judges the mutants one after the other. @throws Error when the suite fails without any mutant. */
export async function judgeAll(pool: Pool, mutants: readonly Mutant[], suite: readonly Check[]): Promise<Verdict[]> {
  const client = await pool.connect();
  try {
    const unharmed: Mutant = { kind: 'policy', title: 'nothing', target: '', apply: 'select 1' };
    const { killedBy } = await judge(client, unharmed, suite);
    if (killedBy !== null) throw new Error(`The suite fails without any mutant: ${killedBy}`);
    const verdicts: Verdict[] = [];
    for (const mutant of mutants) verdicts.push(await judge(client, mutant, suite));
    return verdicts;
  } finally {
    client.release();
  }
}

/** So many mutants, drawn as the seed decides. */
export function sampleOf(mutants: readonly Mutant[], size: number, seed: number): Mutant[] {
  let state = seed >>> 0;
  const next = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return mutants
    .map((mutant) => ({ mutant, at: next() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, size)
    .map(({ mutant }) => mutant);
}
