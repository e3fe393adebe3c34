import { inject } from 'vitest';
import { copyTemplate, type TestDatabase } from './database.ts';

/** A copy of the template in the cluster that all integration tests share. Close it in `afterAll`. */
export function createTestDatabase(): Promise<TestDatabase> {
  return copyTemplate(inject('cluster'));
}
