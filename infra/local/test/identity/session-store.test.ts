import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SESSION_LIFETIME_SECONDS, SessionStore } from '../../src/identity/session-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mm-sessions-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a session outlives a restart of the issuer', () => {
  const { session, cookie } = new SessionStore(folder).start('user_a');
  expect(new SessionStore(folder).find(cookie)).toEqual(session);
});

test('the file of sessions signs nobody in: the cookie’s secret is not in it, and only its owner may read it', () => {
  const { cookie } = new SessionStore(folder).start('user_a');
  const path = join(folder, 'sessions.json');
  expect(readFileSync(path, 'utf8')).not.toContain(cookie.split('.')[1]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a session with a wrong secret, an unknown id or no cookie is nobody’s', () => {
  const store = new SessionStore(folder);
  const { session } = store.start('user_a');
  for (const cookie of [`${session.id}.wrong`, session.id, `${session.id}.`, 'sess_unknown.secret', '', undefined]) {
    expect(store.find(cookie)).toBeUndefined();
  }
});

test('a session ends by itself after its lifetime', () => {
  let now = 1_000_000;
  const store = new SessionStore(folder, () => now);
  const { cookie } = store.start('user_a');
  now += SESSION_LIFETIME_SECONDS * 1000 - 1;
  expect(store.find(cookie)).toBeDefined();
  now += 1;
  expect(store.find(cookie)).toBeUndefined();
});

test('ending all sessions of a person leaves other people signed in', () => {
  const store = new SessionStore(folder);
  const first = store.start('user_a');
  const second = store.start('user_a');
  const other = store.start('user_b');
  store.endAll('user_a');
  expect([first, second, other].map(({ cookie }) => store.find(cookie)?.subject)).toEqual([
    undefined,
    undefined,
    'user_b',
  ]);
});

test('a damaged file of sessions is named, not overwritten', () => {
  const path = join(folder, 'sessions.json');
  writeFileSync(path, '{"half":');
  expect(() => new SessionStore(folder)).toThrow(path);
  expect(readFileSync(path, 'utf8')).toBe('{"half":');
});
