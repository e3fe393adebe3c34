/** A row of the table: `| J-01 | coach | what they do | file.spec.ts › title of the test | requirements |`. */
export type Journey = { id: string; who: string; test: string };

/** Everybody whose daily work has to be walked. */
const people = ['coach', 'admin', 'operator', 'auditor', 'compliance', 'viewer'];
const fewest = 25;

export function readJourneys(document: string): Journey[] {
  return [...document.matchAll(/^\| (J-\d{2}) \| ([a-z, ]+) \| [^|]+ \| `([^`]+)` \|/gm)].map(
    ([, id = '', who = '', test = '']) => ({ id, who, test }),
  );
}

type Suite = { title: string; file: string; suites?: Suite[]; specs?: { title: string; file: string }[] };

/** `file.spec.ts › suite › title` of every test that Playwright lists. */
export function testsOf({ suites }: { suites: Suite[] }): Set<string> {
  const names = (suite: Suite, path: readonly string[]): string[] => [
    ...(suite.specs ?? []).map(({ title }) => [...path, title].join(' › ')),
    ...(suite.suites ?? []).flatMap((inner) => names(inner, [...path, inner.title])),
  ];
  return new Set(suites.flatMap((file) => names(file, [file.title])));
}

/** What is wrong with the table, a sentence each. */
export function faultsOf(journeys: readonly Journey[], tests: ReadonlySet<string>): string[] {
  return [
    ...(journeys.length < fewest ? [`There are ${journeys.length} journeys; ${fewest} are wanted.`] : []),
    ...journeys.flatMap(({ id }, index) =>
      id === `J-${String(index + 1).padStart(2, '0')}` ? [] : [`${id} stands in place ${index + 1}.`],
    ),
    ...journeys.flatMap(({ id, test }) => (tests.has(test) ? [] : [`${id} names no browser test: ${test}`])),
    ...people.flatMap((person) =>
      journeys.some(({ who }) => who.split(', ').includes(person)) ? [] : [`No journey is of the ${person}.`],
    ),
    ...journeys.flatMap(({ id, who }) =>
      who.split(', ').every((person) => people.includes(person)) ? [] : [`${id} is of somebody unknown: ${who}`],
    ),
  ];
}
