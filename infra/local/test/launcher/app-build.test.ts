import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { builtApp, hashOfInputs, isBuilt } from '../../src/launcher/app-build.ts';

let repository: string;
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'mm-build-'));
  const files = {
    'admin/src/main.ts': 'start();',
    'admin/index.html': '<p>',
    'admin/test/main.test.ts': 'test();',
    'api/src/contract/index.ts': 'export {};',
    'pnpm-lock.yaml': 'lockfile',
    'tsconfig.base.json': '{}',
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
});
afterEach(() => rmSync(repository, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(join(repository, path, '..'), { recursive: true });
  writeFileSync(join(repository, path), text);
}

test.each(['admin/src/main.ts', 'admin/src/new.ts', 'admin/index.html', 'api/src/contract/index.ts', 'pnpm-lock.yaml'])(
  'a change of %s asks for a new build',
  (path) => {
    const before = hashOfInputs(repository, 'admin');
    write(path, 'changed');
    expect(hashOfInputs(repository, 'admin')).not.toBe(before);
  },
);

test('a file that moved without a change of its text asks for a new build', () => {
  const before = hashOfInputs(repository, 'admin');
  cpSync(join(repository, 'admin/src/main.ts'), join(repository, 'admin/src/other.ts'));
  rmSync(join(repository, 'admin/src/main.ts'));
  expect(hashOfInputs(repository, 'admin')).not.toBe(before);
});

test.each([
  'admin/dist/index.html',
  'admin/test/main.test.ts',
  'admin/src/main.test.ts',
  'admin/node_modules/a/index.js',
])('a change of %s asks for none', (path) => {
  const before = hashOfInputs(repository, 'admin');
  write(path, 'changed');
  expect(hashOfInputs(repository, 'admin')).toBe(before);
});

test('a build belongs to the inputs it was made from, and to no others', () => {
  expect(isBuilt(repository, 'admin')).toBe(false);
  const stamp = join(builtApp(repository, 'admin'), '.built-from');
  write('admin/dist/.built-from', hashOfInputs(repository, 'admin'));
  expect(isBuilt(repository, 'admin')).toBe(true);
  write('admin/src/main.ts', 'start(2);');
  expect(isBuilt(repository, 'admin')).toBe(false);
  write('admin/src/main.ts', 'start();');
  expect(isBuilt(repository, 'admin')).toBe(true);
  rmSync(stamp);
  expect(isBuilt(repository, 'admin')).toBe(false);
});
