import { expect, test } from 'vitest';
import { failuresOfPlaywright, failuresOfVitest } from './failures.ts';
import { closingLines } from './steps.ts';

const passed = { fullName: 'adds', status: 'passed', failureMessages: [] };

test('a failed test of vitest is named with its file and the first line of why', () => {
  const report = {
    numPassedTests: 1,
    numFailedTests: 1,
    testResults: [
      { name: '/repo/api/src/good.test.ts', status: 'passed', assertionResults: [passed] },
      {
        name: '/repo/api/src/bad.int.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          passed,
          {
            fullName: 'a coach reads',
            status: 'failed',
            failureMessages: ['\u001b[31mError: expected 1\u001b[39m\nat x'],
          },
        ],
      },
    ],
  };
  expect(failuresOfVitest(report, '/repo')).toEqual(['api/src/bad.int.test.ts › a coach reads › Error: expected 1']);
});

test('a file of vitest that cannot be loaded is named, though no test of it failed', () => {
  const report = {
    numPassedTests: 0,
    numFailedTests: 0,
    testResults: [
      { name: '/repo/sql/a.test.ts', status: 'failed', message: 'Cannot find module x', assertionResults: [] },
      { name: '/repo/sql/b.test.ts', status: 'failed', message: 'afterAll: no', assertionResults: [passed] },
    ],
  };
  expect(failuresOfVitest(report, '/repo')).toEqual([
    'sql/a.test.ts › Cannot find module x',
    'sql/b.test.ts › afterAll: no',
  ]);
});

test('a failed browser test is named however deep it stands, and a second try counts as failed', () => {
  const spec = (title: string, status: string, message?: string) => ({
    title,
    file: 'admin/live.spec.ts',
    tests: [{ projectName: 'product', status, results: [message === undefined ? {} : { error: { message } }] }],
  });
  const report = {
    stats: { expected: 1, unexpected: 1, flaky: 1 },
    errors: [{ message: 'the stack did not start' }],
    suites: [
      {
        title: 'admin/live.spec.ts',
        specs: [spec('is fine', 'expected'), spec('breaks', 'unexpected', '\n  Timed out\nmore')],
        suites: [{ title: 'inner', specs: [spec('wavers', 'flaky')] }],
      },
    ],
  };
  expect(failuresOfPlaywright(report)).toEqual([
    'outside of any test › the stack did not start',
    '[product] admin/live.spec.ts › breaks › Timed out',
    '[product] admin/live.spec.ts › wavers (at the second try)',
  ]);
});

test('a long reason is cut, the name of the test is not lost', () => {
  const assertionResults = [{ fullName: 'holds', status: 'failed', failureMessages: ['x'.repeat(500)] }];
  const [only = ''] = failuresOfVitest(
    {
      numPassedTests: 0,
      numFailedTests: 1,
      testResults: [{ name: '/r/a.test.ts', status: 'failed', assertionResults }],
    },
    '/r',
  );
  expect(only.length).toBe(240);
  expect(only.startsWith('a.test.ts › holds › xxx')).toBe(true);
});

test('the summary names every failure again, right before its last line', () => {
  const lines = closingLines([
    { name: 'unit', passed: 3, failed: 0, failures: [], milliseconds: 1500 },
    {
      name: 'e2e',
      passed: 1,
      failed: 2,
      failures: ['[product] a.spec.ts › one', '[viewer] b.spec.ts › two'],
      milliseconds: 61_000,
    },
  ]);
  expect(lines).toEqual([
    '',
    '✓ unit           3 passed, 0 failed  (1.5 s)',
    '✗ e2e            1 passed, 2 failed  (1 min 1 s)',
    '',
    'Failed:',
    '✗ e2e: [product] a.spec.ts › one',
    '✗ e2e: [viewer] b.spec.ts › two',
    '',
    '4 passed, 2 failed',
  ]);
});
