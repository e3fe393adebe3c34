import { createInterface } from 'node:readline';
import { endProcesses, type ProcessRecord, parseRecords } from './process-registry.ts';
import { isRunning } from './process-table.ts';

/**
 * A process that outlives the launcher by a moment. Its standard input is a pipe whose other end only the launcher holds:
 * over it comes, one line each time it changes, the list of what the launcher has started. When it closes, the launcher has
 * ended, also by SIGKILL, and what the last line names is ended here. After an orderly end that list is empty.
 */
let started: ProcessRecord[] = [];

process.on('SIGHUP', () => {});
process.stdin.on('error', () => {});
for await (const line of createInterface({ input: process.stdin })) {
  started = parseRecords(line) ?? started;
}
await endProcesses(started.filter(isRunning), 2_500);
