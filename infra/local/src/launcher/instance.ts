import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../storage/durable-file.ts';
import { LaunchError } from './launch-error.ts';
import { isRunning, markOf, processMarkSchema } from './process-table.ts';

const instanceSchema = processMarkSchema.extend({
  /** Origin of the product; missing until its ports are chosen. */
  url: z.string().optional(),
});
export type Instance = z.infer<typeof instanceSchema>;

const fileOf = (runFolder: string): string => join(runFolder, 'launcher.json');

/** The launcher that runs on a data folder at present. */
export function runningInstance(runFolder: string): Instance | undefined {
  const noted = read(fileOf(runFolder));
  return noted && isRunning(noted) ? noted : undefined;
}

export type HeldInstance = {
  /** Notes the product's origin, for whoever tries to start a second one. */
  announce(url: string): void;
  release(): void;
};

/**
 * Takes the data folder for this process; one launcher at a time may hold it.
 * @throws LaunchError naming the launcher that holds it
 */
export function holdInstance(runFolder: string): HeldInstance {
  const mark = markOf(process.pid);
  if (!mark) throw new Error('This process cannot find itself in the process table.');
  const path = fileOf(runFolder);
  let own = JSON.stringify(mark satisfies Instance);

  for (;;) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, own);
      closeSync(file);
      return {
        announce(url) {
          own = JSON.stringify({ ...mark, url } satisfies Instance);
          replaceFile(path, own);
        },
        release() {
          if (readText(path) === own) rmSync(path, { force: true });
        },
      };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const before = readText(path);
    const holder = read(path);
    if (holder && isRunning(holder)) {
      throw new LaunchError(
        `The stack already runs on this data folder: ${holder.url ?? 'it is just starting'} (process ${holder.pid}). Stop it first with "stop" or Ctrl-C, or set DATA_DIR and PORT to run a second one.`,
      );
    }
    // Left behind by a launcher that was killed. Two that start at once may both come here: only the one that moves away
    // what it has judged may go on, the other puts back what it took and looks again.
    const aside = `${path}.${process.pid}`;
    try {
      renameSync(path, aside);
      if (readText(aside) === before) rmSync(aside, { force: true });
      else renameSync(aside, path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function read(path: string): Instance | undefined {
  try {
    return instanceSchema.parse(JSON.parse(readText(path) ?? ''));
  } catch {
    return undefined;
  }
}
