import { ensureChromium } from './chromium.ts';
import { failuresOfPlaywright, type PlaywrightReport } from './failures.ts';
import { type Outcome, runTests } from './steps.ts';

/** Runs the Playwright tests against a whole stack of their own, in a Chromium that is found or fetched. */
export function runPlaywright(parameters: string[]): Promise<Outcome> {
  const chromium = ensureChromium();
  return runTests(
    'e2e',
    (file) => ({
      name: 'e2e',
      run: [
        'node',
        'e2e/node_modules/@playwright/test/cli.js',
        'test',
        '--config',
        'e2e/playwright.config.ts',
        ...parameters,
      ],
      env: {
        CHROMIUM_PATH: chromium.executable,
        // Only for the browser: its libraries must not reach Node.
        CHROMIUM_ENV: JSON.stringify(chromium.env),
        PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      },
    }),
    (json) => {
      const report = json as PlaywrightReport;
      const { expected, unexpected, flaky } = report.stats;
      return { passed: expected, failed: unexpected + flaky, failures: failuresOfPlaywright(report) };
    },
  );
}
