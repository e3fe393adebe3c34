import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { LaunchError } from './launch-error.ts';

/** The checkout this launcher belongs to. */
export const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url)).replace(/\/$/, '');

/** PORT and the nine after it have to be valid ports, and none may need root. */
const schema = z.object({
  PORT: z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(1024, 'must be at least 1024').max(65_526, 'must be at most 65526'))
    .optional(),
  DATA_DIR: z.string().min(1, 'must name a folder').optional(),
});

export type LauncherConfig = {
  /** Base port when one was asked for. */
  port?: number;
  /** Absolute path of the data folder. */
  dataDir: string;
};

/**
 * What the launcher itself takes from the environment: PORT (default: the first free row from 4000) and DATA_DIR (default:
 * `.data` in the checkout; a relative one is taken from where the command was given).
 * @throws LaunchError naming each variable that is wrong
 */
export function readLauncherConfig(environment: NodeJS.ProcessEnv = process.env): LauncherConfig {
  const nonEmpty = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(nonEmpty);
  if (!parsed.success) {
    throw new LaunchError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  }
  const { PORT, DATA_DIR } = parsed.data;
  return {
    ...(PORT === undefined ? {} : { port: PORT }),
    dataDir: DATA_DIR === undefined ? join(REPOSITORY, '.data') : resolve(DATA_DIR),
  };
}

/**
 * What children inherit: enough to find programs and temporary files. Nothing else, so that a DATABASE_URL or a vendor's
 * key in somebody's shell never reaches the embedded stack.
 */
export function inheritedEnvironment(environment: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
