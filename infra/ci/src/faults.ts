import { type Outcome, runCheck } from './steps.ts';

/** The fault suite, as long as every test run bears it; `pnpm faults --events 10000` is the long one. */
export function runFaults(): Promise<Outcome> {
  return runCheck({ name: '1,000 events that meet a fault', run: ['node', 'tests/faults/cli.ts', '--events', '1000'] });
}
