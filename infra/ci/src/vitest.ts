import { failuresOfVitest, type VitestReport } from './failures.ts';
import { type Outcome, root, runTests } from './steps.ts';

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
    (json) => {
      const report = json as VitestReport;
      const failures = failuresOfVitest(report, root);
      // A file that cannot be loaded counts as one, beside the tests that failed.
      return { passed: report.numPassedTests, failed: failures.length, failures };
    },
  );
}
