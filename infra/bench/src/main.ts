import { parseArgs } from 'node:util';
import { adminLighthouse } from './admin-lighthouse/bench.ts';
import { auditSeal } from './audit-seal/bench.ts';
import { auditVerify } from './audit-verify/bench.ts';
import { auditWrite } from './audit-write/bench.ts';
import type { Bench, BenchOptions, Ratio } from './bench.ts';
import { listScale } from './list-scale/bench.ts';
import { liveNotify } from './live-notify/bench.ts';
import { rlsList } from './rls-list/bench.ts';
import { searchScale } from './search-scale/bench.ts';
import { shareMemory } from './share-memory/bench.ts';
import { shareResolve } from './share-resolve/bench.ts';
import { shareScale } from './share-scale/bench.ts';
import { shareTiming } from './share-timing/bench.ts';
import { viewerPoster } from './viewer-poster/bench.ts';
import { webhookIngest } from './webhook-ingest/bench.ts';

const benches: Bench[] = [
  shareResolve,
  shareScale,
  shareTiming,
  shareMemory,
  rlsList,
  listScale,
  searchScale,
  auditWrite,
  auditSeal,
  auditVerify,
  liveNotify,
  webhookIngest,
  viewerPoster,
  adminLighthouse,
];

const help = `bench [NAME…] [--json] [--seconds N] [--samples N]

Measures the product against bounds of the same machine, in the same run, and prints ratios.
Exits non-zero when a ratio misses its goal.

${benches.map(({ name, about }) => `  ${name}\n      ${about}`).join('\n')}

  --json       one object a line: {"bench","ratio","goal","ok"}
  --seconds N  how long share-memory loads (300)
  --samples N  how many refusals of each kind share-timing measures (20000),
               or how many share links list-scale and search-scale make (1000000)
  --help       this text
`;

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean' },
    seconds: { type: 'string' },
    samples: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
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

/** A whole number of at least 20, which every bench can divide its work by; ends the program with a sentence when it is none. */
function numberOf(option: 'seconds' | 'samples'): Record<string, number> {
  const text = values[option];
  if (text === undefined) return {};
  if (!/^[0-9]{2,7}$/.test(text) || Number(text) < 20) {
    process.stderr.write(`--${option} is a whole number of at least 20.\n`);
    process.exit(2);
  }
  return { [option]: Number(text) };
}
const options: BenchOptions = { ...numberOf('seconds'), ...numberOf('samples') };

const say = (line: string): void => {
  if (!values.json) process.stdout.write(`${line}\n`);
};
const ratios: Ratio[] = [];
for (const bench of benches) {
  if (positionals.length > 0 && !positionals.includes(bench.name)) continue;
  say(`${bench.name}: ${bench.about}`);
  for (const ratio of await bench.run((line) => say(`  ${line}`), options)) {
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
