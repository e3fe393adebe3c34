import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

export const providers = ['mux', 'clerk', 'resend'] as const;
export type Provider = (typeof providers)[number];

/** A captured payload, redacted, as it lies in a file. */
export interface Payload {
  readonly file: string;
  readonly provider: Provider;
  readonly event: Readonly<Record<string, unknown>>;
}

/** What somebody asked for cannot be done; the message says why, for them. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const isProvider = (name: string): name is Provider => providers.some((provider) => provider === name);

async function filesOf(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) {
    return [path];
  }
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(path, name));
}

/**
 * Reads one payload, or every `*.json` below a folder in the order of their names. Whose a payload is, is the name of the folder that it lies
 * in (`mux`, `clerk`, `resend`), or what `provider` says.
 * @throws {UsageError} naming the file that is no payload
 */
export async function readPayloads(path: string, provider?: string): Promise<Payload[]> {
  let files: string[];
  try {
    files = await filesOf(path);
  } catch {
    throw new UsageError(`There is no file or folder ${path}.`);
  }
  if (files.length === 0) {
    throw new UsageError(`There is no .json file in ${path}.`);
  }
  const payloads: Payload[] = [];
  for (const file of files) {
    const name = provider ?? basename(dirname(resolve(file)));
    if (!isProvider(name)) {
      throw new UsageError(
        `Whose payload is ${file}? Put it into a folder named ${providers.join(', ')}, or give --provider.`,
      );
    }
    payloads.push({ file, provider: name, event: await readEvent(file) });
  }
  return payloads;
}

async function readEvent(file: string): Promise<Record<string, unknown>> {
  let event: unknown;
  try {
    event = JSON.parse(await readFile(file, 'utf8'));
  } catch {
    throw new UsageError(`${file} is not JSON.`);
  }
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw new UsageError(`${file} is not one event: a JSON object.`);
  }
  return { ...event };
}
