import { defineConfig, devices } from '@playwright/test';
import { browser } from './fixtures/browser.ts';

const desktop = { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } };

/** Every test runs against one whole stack of its own, started by the global setup on free ports in an empty folder. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: './fixtures/global-setup.ts',
  outputDir: './test-results',
  // Two cores carry the stack, the transcoder and the browsers.
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json']],
  use: {
    locale: 'en-AU',
    timezoneId: 'Australia/Sydney',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: browser,
  },
  projects: [
    { name: 'product', testIgnore: 'faults/**', use: desktop },
    // These kill services that every other test needs.
    { name: 'faults', testMatch: 'faults/**/*.spec.ts', use: desktop, dependencies: ['product'] },
  ],
});
