// A launcher in small: starts a guard, an obedient and a stubborn child, notes both, and waits to be killed.
// Usage: node owner.ts <run folder>
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startGuard } from '../../../src/launcher/guard-process.ts';
import { ProcessRegistry } from '../../../src/launcher/process-registry.ts';

const [, , runFolder = ''] = process.argv;
const registry = new ProcessRegistry(join(runFolder, 'processes.json'));
startGuard(registry);
for (const name of ['steady', 'stubborn']) {
  const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  // No IPC channel: the guard alone must end them.
  const child = spawn(process.execPath, [script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  if (child.pid !== undefined) registry.add(name, child.pid);
}
process.stdout.write('ready\n');
setInterval(() => {}, 60_000);
