import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as contract from './index.ts';

const entry = fileURLToPath(new URL('index.ts', import.meta.url));

/** Every file the contract is made of, with what each imports from outside this package. */
async function reach(file: string, seen = new Map<string, string[]>()): Promise<Map<string, string[]>> {
  if (seen.has(file)) {
    return seen;
  }
  const text = await readFile(file, 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
  seen.set(
    file,
    specifiers.filter((specifier) => !specifier.startsWith('.')),
  );
  for (const specifier of specifiers.filter((each) => each.startsWith('.'))) {
    await reach(resolve(dirname(file), specifier), seen);
  }
  return seen;
}

describe('the contract', () => {
  it('imports nothing but zod, so that a browser can bundle it', async () => {
    const files = await reach(entry);
    expect(files.size).toBeGreaterThan(8);
    for (const [file, packages] of files) {
      expect({
        file: relative(process.cwd(), file),
        packages: packages.filter((name) => name !== 'zod'),
      }).toMatchObject({ packages: [] });
    }
  });

  it('does not read the environment', async () => {
    for (const file of (await reach(entry)).keys()) {
      expect(await readFile(file, 'utf8')).not.toContain('process.');
    }
  });

  it('exports a schema for every operation', () => {
    expect(Object.keys(contract)).toEqual(
      expect.arrayContaining([
        'appConfig',
        'cancelUploadAnswer',
        'hashPassphraseAnswer',
        'hashPassphraseBody',
        'playback',
        'previewVideoAnswer',
        'problem',
        'provePassphraseAnswer',
        'provePassphraseBody',
        'recordEventsAnswer',
        'recordEventsBody',
        'requestCodeAnswer',
        'requestCodeBody',
        'requestUploadAnswer',
        'requestUploadBody',
        'resolveShareAnswer',
        'resolveShareBody',
        'verifyCodeAnswer',
        'verifyCodeBody',
      ]),
    );
  });
});
