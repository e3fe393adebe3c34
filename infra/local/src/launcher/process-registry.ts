import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { replaceJson } from '../storage/durable-file.ts';
import {
  isRunning,
  markOf,
  type ProcessMark,
  processMarkSchema,
  signalProcess,
  waitUntilGone,
} from './process-table.ts';

const recordSchema = processMarkSchema.extend({
  name: z.string(),
  /** What asks it politely: PostgreSQL's fast shutdown is SIGINT, everybody else's SIGTERM. */
  stopSignal: z.enum(['SIGTERM', 'SIGINT']),
});
export type ProcessRecord = z.infer<typeof recordSchema>;

/**
 * What the launcher has started: told to the guard and written to disk at once, so that the guard, or failing that the next
 * start, can end it when the launcher was killed and could not.
 */
export class ProcessRegistry {
  readonly #path: string;
  #records: ProcessRecord[] = [];
  /** Called with the list, as JSON in one line, whenever it has changed. */
  onChange: (line: string) => void = () => {};

  constructor(path: string) {
    this.#path = path;
  }

  toLine(): string {
    return JSON.stringify(this.#records);
  }

  add(name: string, pid: number, stopSignal: ProcessRecord['stopSignal'] = 'SIGTERM'): void {
    const mark = markOf(pid);
    // Gone before it could be noted: its own exit is reported elsewhere.
    if (!mark) return;
    this.#records = [...this.#records.filter((record) => record.pid !== pid), { name, stopSignal, ...mark }];
    this.#keep();
  }

  remove(pid: number): void {
    this.#records = this.#records.filter((record) => record.pid !== pid);
    this.#keep();
  }

  get records(): readonly ProcessRecord[] {
    return this.#records;
  }

  #keep(): void {
    this.onChange(this.toLine());
    replaceJson(this.#path, this.#records);
  }
}

/** The records a launcher left behind whose processes still run. A damaged file counts as empty: nothing is guessed. */
export function readRunning(path: string): ProcessRecord[] {
  return (parseRecords(readText(path)) ?? []).filter(isRunning);
}

/** @returns undefined when the text is no list of records */
export function parseRecords(text: string): ProcessRecord[] | undefined {
  try {
    return z.array(recordSchema).parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * Ends processes: politely first, then, after `graceMilliseconds`, with SIGKILL to the whole group.
 * @returns those that even survived that
 */
export async function endProcesses(
  records: readonly ProcessRecord[],
  graceMilliseconds: number,
): Promise<ProcessMark[]> {
  for (const record of records) signalProcess(record, record.stopSignal);
  const stubborn = await waitUntilGone(records, graceMilliseconds);
  for (const mark of stubborn) signalProcess(mark, 'SIGKILL', true);
  return waitUntilGone(stubborn, 1_000);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
