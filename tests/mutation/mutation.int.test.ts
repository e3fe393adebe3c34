import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Conformance, prepareConformance } from '../conformance/run.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import { findMutants, type Mutant } from './mutants.ts';
import { judgeAll, sampleOf } from './run.ts';
import { fastSuite } from './suite.ts';

let database: TestDatabase;
let conformance: Conformance;
let mutants: Mutant[];

beforeAll(async () => {
  database = await createTestDatabase();
  conformance = await prepareConformance(database);
  const client = await database.admin.connect();
  // Roles are left alone: other tests use the same cluster.
  mutants = await findMutants(client, { clusterWide: false }).finally(() => client.release());
});
afterAll(() => database?.close());

test('at least 95 of 100 weakened rules are noticed, whichever are drawn', { timeout: 120_000 }, async () => {
  const seed = Math.floor(Date.now() / 86_400_000);
  const verdicts = await judgeAll(database.admin, sampleOf(mutants, 60, seed), fastSuite(conformance.world));
  const survivors = verdicts.filter(({ killedBy }) => killedBy === null).map(({ mutant }) => mutant.title);
  expect(verdicts).toHaveLength(60);
  expect({ seed, survivors: survivors.length <= 3 ? [] : survivors }).toEqual({ seed, survivors: [] });
});

test('each kind of weakening is found in the catalogue', () => {
  expect([...new Set(mutants.map(({ kind }) => kind))].sort()).toEqual([
    'check',
    'execute',
    'function body',
    'grant on column',
    'grant on table',
    'policy',
    'row security',
    'search_path',
    'security_invoker',
    'trigger',
  ]);
});

test('a mutant leaves nothing behind', async () => {
  const [mutant] = mutants.filter(({ kind }) => kind === 'trigger');
  if (mutant === undefined) throw new Error('There is no trigger to drop.');
  const count = async () =>
    (await database.admin.query<{ count: string }>('select count(*) from pg_trigger')).rows[0]?.count;
  const before = await count();
  await judgeAll(database.admin, [mutant], fastSuite(conformance.world));
  expect(await count()).toBe(before);
});
