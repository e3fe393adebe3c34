import { expect, test } from 'vitest';
import { ApiError } from '../providers/data/index.ts';
import { lookOf } from './error-look.ts';

const failed = (statusCode: number, code = `http.${statusCode}`) =>
  new ApiError({ statusCode, code, message: 'Anything' });

test('each refusal says what it is and offers what helps', () => {
  expect(lookOf(failed(0, 'http.unreachable'))).toMatchObject({ kind: 'offline', next: 'retry' });
  expect(lookOf(failed(401))).toMatchObject({ kind: 'refused', next: 'signIn' });
  expect(lookOf(failed(403))).toMatchObject({ kind: 'refused', next: 'home' });
  expect(lookOf(failed(404))).toMatchObject({ kind: 'missing', next: 'back' });
  expect(lookOf(failed(409))).toMatchObject({ kind: 'conflict', next: 'retry' });
});

test('no two of them have the same title', () => {
  const titles = [0, 401, 403, 404, 409].map((status) => lookOf(failed(status)).title);
  expect(new Set(titles).size).toBe(5);
  expect(titles).not.toContain(undefined);
});

test('an answer that this page does not understand is of another release, whatever its status', () => {
  expect(lookOf(failed(200, 'http.unexpected_answer'))).toMatchObject({ kind: 'release', next: 'reload' });
});

test('what else fails can be tried again under the title of the page', () => {
  for (const status of [429, 500, 503]) expect(lookOf(failed(status))).toEqual({ kind: 'error', next: 'retry' });
  expect(lookOf(undefined)).toEqual({ kind: 'error', next: 'retry' });
});
