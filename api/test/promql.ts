import { readdirSync, readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';

export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A metric and the label values that an expression asks of it. */
export interface Selector {
  readonly text: string;
  readonly metric: string;
  readonly matches: (labels: Readonly<Record<string, string>>) => boolean;
}

export interface Series {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Every rule of every file in a folder. */
export function readRules(folder: URL): Rule[] {
  return readdirSync(folder).flatMap((name) => {
    const file = parse(readFileSync(new URL(name, folder), 'utf8')) as { groups: { rules: Rule[] }[] };
    return file.groups.flatMap(({ rules }) => rules);
  });
}

/**
 * What an expression of PromQL selects. `job` and `instance` are left aside: the scrape adds them.
 * @throws when it is no PromQL
 */
export function selectorsOf(expression: string): Selector[] {
  const selectors: Selector[] = [];
  parser.parse(expression).iterate({
    enter: ({ type, from, to, node }) => {
      if (type.isError) throw new Error(`No PromQL at ${from}: ${expression}`);
      if (type.name !== 'VectorSelector') return;
      const textOf = (part: { from: number; to: number } | null) =>
        part === null ? '' : expression.slice(part.from, part.to);
      const tests = (node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []).map((matcher) => ({
        label: textOf(matcher.getChild('LabelName')),
        operator: textOf(matcher.getChild('MatchOp')),
        value: JSON.parse(textOf(matcher.getChild('StringLiteral'))) as string,
      }));
      selectors.push({
        text: expression.slice(from, to),
        metric: textOf(node.getChild('Identifier')),
        matches: (labels) =>
          tests
            .filter(({ label }) => label !== 'job' && label !== 'instance')
            .every(({ label, operator, value }) => {
              const found = labels[label] ?? '';
              const equal = operator.includes('~') ? new RegExp(`^(?:${value})$`).test(found) : found === value;
              return operator.startsWith('!') ? !equal : equal;
            }),
      });
    },
  });
  return selectors;
}

/** The series of an answer in Prometheus' text format. */
export function readSeries(text: string): Series[] {
  return text.split('\n').flatMap((line) => {
    const [, metric, labels] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
    if (metric === undefined) return [];
    const pairs = [...(labels ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [name, value]);
    return [{ metric, labels: Object.fromEntries(pairs) }];
  });
}
