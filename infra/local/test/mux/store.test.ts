import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { Store } from '../../src/mux/store/store.ts';

function emptyFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mux-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'double.sqlite');
}

/** Changes the file behind the double's back. */
function change(file: string, sql: string): void {
  const sqlite = new DatabaseSync(file);
  sqlite.exec(sql);
  sqlite.close();
}

test('a folder of the first version is brought up to date, with what is in it', () => {
  const file = emptyFile();
  const before = new Store(file);
  const { id } = before.uploads.create({ corsOrigin: '*', timeoutSeconds: 60, settings: {}, test: false }, Date.now());
  before.db.close();
  change(file, 'drop table webhook_secret; pragma user_version = 1');

  const after = new Store(file);
  onTestFinished(() => after.db.close());
  expect(after.uploads.find(id)).toMatchObject({ id, status: 'waiting' });
  after.webhookSecret.replace('configured', 'anew');
  expect(after.webhookSecret.inUse('configured')).toBe('anew');
});

test('a folder of a later version is refused, and says so', () => {
  const file = emptyFile();
  new Store(file).db.close();
  change(file, 'pragma user_version = 99');
  expect(() => new Store(file)).toThrow(
    expect.objectContaining({ cause: expect.objectContaining({ message: expect.stringContaining('version 99') }) }),
  );
});
