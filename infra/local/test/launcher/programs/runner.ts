// A package runner in small: a shell, whose children know by a variable that they run below it, and a program below that.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./below-a-runner.ts', import.meta.url));
// The colon keeps the shell from putting the program in its own place.
const command = '"$0" "$1"; :';
spawn('/bin/sh', ['-c', command, process.execPath, script], {
  env: { ...process.env, npm_lifecycle_event: 'start' },
  detached: true,
  stdio: 'inherit',
});
setInterval(() => {}, 60_000);
