import { parseArgs } from 'node:util';
import { auditSeal } from './audit-seal/bench.ts';
import { auditVerify } from './audit-verify/bench.ts';
import { auditWrite } from './audit-write/bench.ts';
import type { Bench, Ratio } from './bench.ts';
import { rlsList } from './rls-list/bench.ts';
import { shareResolve } from './share-resolve/bench.ts';
import { viewerPoster } from './viewer-poster/bench.ts';
import { webhookIngest } from './webhook-ingest/bench.ts';

const benches: Bench[] = [shareResolve, rlsList, auditWrite, auditSeal, auditVerify, webhookIngest, viewerPoster];

const help = `bench [NAME…] [--json]

Measures the product against bounds of the same machine, in the same run, and prints ratios.
Exits non-zero when a ratio misses its goal.

${benches.map(({ name, about }) => `  ${name}\n      ${about}`).join('\n')}

  --json  one object a line: {"bench","ratio","goal","ok"}
  --help  this text
`;

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  allowPositionals: true,
});
if (values.help) {
  process.stdout.write(help);
  process.exit(0);
}
const unknown = positionals.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench named ${unknown.join(', ')}.\n\n${help}`);
  process.exit(2);
}

const say = (line: string): void => {
  if (!values.json) process.stdout.write(`${line}\n`);
};
const ratios: Ratio[] = [];
for (const bench of benches) {
  if (positionals.length > 0 && !positionals.includes(bench.name)) continue;
  say(`${bench.name}: ${bench.about}`);
  for (const ratio of await bench.run((line) => say(`  ${line}`))) {
    ratios.push(ratio);
    const { is, ...figure } = ratio;
    if (values.json) process.stdout.write(`${JSON.stringify(figure)}\n`);
    else
      say(
        `  ${ratio.ok ? '✓' : '✗'} ${ratio.bench}: ${ratio.ratio} (goal ${is === 'at least' ? '≥' : '≤'} ${ratio.goal})`,
      );
  }
}
process.exit(ratios.every((ratio) => ratio.ok) ? 0 : 1);
