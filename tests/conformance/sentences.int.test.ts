import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import { askCells, differences } from './ask-sql.ts';
import { type Conformance, prepareConformance, withSqlDoors } from './run.ts';
import { cellsOfSentence, readSentences } from './sentences.ts';

let database: TestDatabase;
let conformance: Conformance;
beforeAll(async () => {
  database = await createTestDatabase();
  conformance = await prepareConformance(database);
});
afterAll(() => database?.close());

/** Each sentence of policies/*.sql is a title here, and holds for every cell that it speaks of, whichever door of SQL is used. */
describe.each([...Map.groupBy(readSentences(), ({ table }) => table)])('%s', (_table, sentences) => {
  test.each(sentences)('$text', async (sentence) => {
    const cells = cellsOfSentence(sentence, conformance.cells);
    expect(cells.length, 'A sentence of a policy file says who reads or changes what.').toBeGreaterThan(0);
    const wrong = await withSqlDoors(database, async (door) =>
      differences(await askCells(door.as, cells, conformance.world), door.name),
    );
    expect(wrong).toEqual([[], []]);
  });
});
