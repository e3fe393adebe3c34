import { type Outcome, runTests } from './steps.ts';

/** Runs one of the vitest projects (vitest.config.ts) whole. */
export function runVitest(project: 'unit' | 'integration'): Promise<Outcome> {
  return runTests(
    project,
    (file) => ({
      name: project,
      run: [
        'vitest',
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ],
    }),
    (report) => {
      const { numPassedTests, numFailedTests, numFailedTestSuites } = report as Record<string, number>;
      const failed = numFailedTests ?? 0;
      // A file that cannot even be loaded has no failed test of its own.
      return { passed: numPassedTests ?? 0, failed: failed > 0 ? failed : Math.min(numFailedTestSuites ?? 0, 1) };
    },
  );
}
