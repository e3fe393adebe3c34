import { endProcesses, readRunning } from './process-registry.ts';

/**
 * A process that outlives the launcher by a moment. Its standard input is a pipe whose other end only the launcher holds:
 * when that closes, the launcher has ended, also by SIGKILL, and what it had registered is ended here. After an orderly end
 * the register is empty and there is nothing to do.
 *
 * Usage: node guard.ts <register file>
 */
const [, , registerFile] = process.argv;
if (registerFile === undefined) {
  process.stderr.write('guard: the register file is missing\n');
  process.exit(2);
}

process.on('SIGHUP', () => {});
process.stdin.on('error', () => {});
process.stdin.resume();
await new Promise<void>((resolve) => process.stdin.once('close', () => resolve()));
await endProcesses(readRunning(registerFile), 2_500);
