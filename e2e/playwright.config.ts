import { defineConfig, devices } from '@playwright/test';
import { browser } from './fixtures/browser.ts';
import { baselines } from './fixtures/looks.ts';

const desktop = { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } };

/** Every test runs against one whole stack of its own, started by the global setup on free ports in an empty folder. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: './fixtures/global-setup.ts',
  outputDir: './test-results',
  // A folder for each kind of machine: see fixtures/looks.ts.
  snapshotPathTemplate: `${baselines}/{arg}{ext}`,
  // Two for the two cores, which also carry the stack and the transcoder, and one that mostly waits.
  workers: 3,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json']],
  use: {
    locale: 'en-AU',
    timezoneId: 'Australia/Sydney',
    // What was done, asked and answered. Pictures and copies of the page at every step cost more than many a test: `--trace on` makes them,
    // and of the moment of a failure there is always one.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
    launchOptions: browser,
  },
  projects: [
    // Videos play as long as they play: one at a time, beside the others.
    { name: 'viewer', testMatch: 'viewer/**/*.spec.ts', use: desktop, workers: 1 },
    { name: 'product', testIgnore: ['viewer/**', 'faults/**'], use: desktop, workers: 2 },
    // These kill services that every other test needs.
    { name: 'faults', testMatch: 'faults/**/*.spec.ts', use: desktop, dependencies: ['viewer', 'product'] },
  ],
});
