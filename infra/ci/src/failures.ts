import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** One line for each test that failed: its file, its name, and the first line of why. */
export type Failures = readonly string[];

/** The part of vitest's JSON report that is read here. `name` is the absolute path of the file. */
export type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[];
  }[];
};

/** @param root absolute path that the files are named from */
export function failuresOfVitest({ testResults }: VitestReport, root: string): Failures {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    // A file that cannot even be loaded has no failed test of its own; nor has one whose afterAll failed.
    if (failed.length === 0) return status === 'failed' ? [line([file], message)] : [];
    return failed.map(({ fullName, failureMessages }) => line([file, fullName], failureMessages?.[0]));
  });
}

type PlaywrightTest = { projectName: string; status: string; results: { error?: { message?: string } }[] };
type PlaywrightSuite = {
  title: string;
  suites?: PlaywrightSuite[];
  specs?: { title: string; file: string; tests: PlaywrightTest[] }[];
};

/** The part of Playwright's JSON report that is read here; `errors` are those outside of any test. */
export type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number };
  suites: PlaywrightSuite[];
  errors?: { message?: string }[];
};

/** A test that passes only at the second try is a failure nobody has understood yet. */
const bad = new Set(['unexpected', 'flaky']);

export function failuresOfPlaywright({ suites, errors = [] }: PlaywrightReport): Failures {
  const inside = ({ suites: inner = [], specs = [] }: PlaywrightSuite): string[] => [
    ...specs.flatMap(({ title, file, tests }) =>
      tests
        .filter(({ status }) => bad.has(status))
        .map(({ projectName, status, results }) => {
          const why = results.findLast(({ error }) => error)?.error?.message;
          return line([`[${projectName}] ${file}`, status === 'flaky' ? `${title} (at the second try)` : title], why);
        }),
    ),
    ...inner.flatMap(inside),
  ];
  return [...errors.map(({ message }) => line(['outside of any test'], message)), ...suites.flatMap(inside)];
}

const longest = 240;

function line(path: readonly string[], why = ''): string {
  const first = stripVTControlCharacters(why)
    .split('\n')
    .map((part) => part.trim())
    .find((part) => part !== '');
  const whole = [...path, ...(first === undefined ? [] : [first])].join(' › ');
  return whole.length > longest ? `${whole.slice(0, longest - 1)}…` : whole;
}
