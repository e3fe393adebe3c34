import { inspect, parseArgs } from 'node:util';
import { runFaults } from './run.ts';

const help = `Usage: pnpm faults [--events N] [--seed S] [--json]

Runs the product, every process by itself, under coaches who upload and a Mux that tells of it, while everything fails: processes die at
named points of the code and by kill -9, connections are cut, transactions are stopped in the middle, the pool and the disk are exhausted,
webhooks come twenty times, late, out of order, from wrong clocks, in pieces or not for 48 hours. Then the invariants are checked.

  --events N   events that are to meet a fault; 1000 unless given
  --seed S     a whole number that decides what happens; drawn unless given
  --json       one JSON object a line: what happens, each violation, then {"events","lost","orphaned","doubled","seed"}

Exits 1 when an event was lost, something was left behind or done twice, or a crash point was not hit; 2 when it was asked wrongly. The
seed is printed at the beginning and at the end; with it the same faults come again.
`;

type Wish = { readonly events: number; readonly seed: number; readonly json: boolean };

/** @throws Error in words, when an option is wrong */
function readWish(): Wish | 'help' {
  const { values } = parseArgs({
    options: {
      events: { type: 'string', default: '1000' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000_000)) },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const number = (name: 'events' | 'seed', least: number): number => {
    const value = Number(values[name]);
    if (!/^\d{1,9}$/.test(values[name]) || value < least) {
      throw new Error(`--${name} is a whole number from ${least} to 999999999, not ${values[name]}.`);
    }
    return value;
  };
  return { events: number('events', 1), seed: number('seed', 0), json: values.json };
}

const write = (line: string): void => void process.stdout.write(`${line}\n`);

const inWords = (fact: Readonly<Record<string, unknown>>): string =>
  Object.entries(fact)
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ');

/** @returns the exit code */
async function run({ events, seed, json }: Wish): Promise<number> {
  const begun = performance.now();
  const seconds = (): number => Math.round((performance.now() - begun) / 1_000);
  const say = (fact: Readonly<Record<string, unknown>>): void =>
    write(json ? JSON.stringify(fact) : `${String(seconds()).padStart(4)} s  ${inWords(fact)}`);
  say({ seed });
  const { report, violations, missed, logs } = await runFaults({ events, seed, say });
  for (const { kind, what } of violations) say({ violation: kind, what, seed });
  for (const point of missed) say({ missed: point, seed });
  if (logs !== undefined) say({ logs });
  write(
    json
      ? JSON.stringify(report)
      : `${report.events} events met a fault in ${seconds()} s: ${report.lost} lost, ${report.orphaned} orphaned, ${report.doubled} doubled; ${missed.length} crash points missed; seed ${seed}`,
  );
  return violations.length === 0 && missed.length === 0 ? 0 : 1;
}

let wish: Wish | 'help';
try {
  wish = readWish();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  process.exit(2);
}
if (wish === 'help') {
  write(help.trimEnd());
} else {
  const { seed } = wish;
  process.exitCode = await run(wish).catch((error: unknown) => {
    process.stderr.write(`The run with seed ${seed} broke off: ${inspect(error)}\n`);
    // Other things may still be happening, to a stage that is gone.
    process.exit(1);
  });
}
