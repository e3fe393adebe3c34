import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/src/longest-first.ts';

/**
 * Two projects: `unit` needs nothing but Node; `integration` starts real PostgreSQL, PostgREST and the vendor doubles.
 * A test says which it is by its name: `*.test.ts` is a unit test, `*.int.test.ts` an integration test.
 *
 * Files that run one after the other in a process share its modules: to load the product anew for each file took a third of the time. A
 * file therefore puts back what it changes outside itself.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{admin,viewer,api,sql,infra/local,infra/ci,infra/audit,infra/bench,infra/webhooks,infra/smoke}/**/*.test.{ts,tsx}',
          ],
          exclude: ['**/node_modules/**', '**/*.int.test.ts'],
          // Of two cores vitest by itself would use one.
          maxWorkers: '100%',
          isolate: false,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{admin,api,sql,infra/local,tests}/**/*.int.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['tests/src/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // More than the cores of a small machine: much of what is tested waits for processes, clocks and the disk.
          maxWorkers: 3,
          isolate: false,
        },
      },
    ],
  },
});
