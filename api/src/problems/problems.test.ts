import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';
import { DatabaseUnavailableError } from '../db/unavailable.ts';
import { toProblemError } from '../plugins/app/problems.ts';
import { catalogue } from './catalogue.ts';
import { renderProblemsReference } from './reference.ts';

function sqlError(state: string, fields: { message?: string; hint?: string; detail?: string } = {}): DatabaseError {
  const error = new DatabaseError(fields.message ?? 'select secret_column from app.share_tokens', 100, 'error');
  return Object.assign(error, { code: state, ...fields });
}

describe('an error of SQL', () => {
  it('raised as PTxyz keeps its status, code, sentence and fields, with pointers in the names of this API', () => {
    const problem = toProblemError(
      sqlError('PT422', {
        message: 'The file is too large.',
        hint: 'upload.file_invalid',
        detail: '{"errors":[{"pointer":"#/file_size_bytes","code":"upload.too_large","detail":"At most 5 GB."}]}',
      }),
    ).toProblem('request-1');
    expect(problem).toEqual({
      type: 'urn:motion-mavericks:problem:upload.file_invalid',
      title: expect.any(String),
      status: 422,
      detail: 'The file is too large.',
      code: 'upload.file_invalid',
      requestId: 'request-1',
      errors: [{ pointer: '#/fileSizeBytes', code: 'upload.too_large', detail: 'At most 5 GB.' }],
    });
  });

  it('raised as PT429 passes on when to try again', () => {
    const error = sqlError('PT429', {
      message: 'Later.',
      hint: 'upload.quota_exceeded',
      detail: '{"retryAfterSeconds":120}',
    });
    expect(toProblemError(error)).toMatchObject({ status: 429, code: 'upload.quota_exceeded', retryAfterSeconds: 120 });
  });

  it('raised with a detail that is no JSON is still answered', () => {
    expect(
      toProblemError(sqlError('PT404', { message: 'No such video.', hint: 'video.not_found', detail: '{oops' })),
    ).toMatchObject({
      status: 404,
      code: 'video.not_found',
      errors: undefined,
    });
  });

  it.each([
    ['08006', 503, 'service.unavailable'],
    ['57P01', 503, 'service.unavailable'],
    ['57014', 503, 'service.unavailable'],
    ['53100', 503, 'service.unavailable'],
    ['53300', 503, 'service.unavailable'],
    ['40001', 503, 'service.unavailable'],
    ['42501', 403, 'auth.forbidden'],
    ['23505', 409, 'data.conflict'],
    ['23514', 422, 'data.invalid'],
    ['42703', 500, 'service.failed'],
    ['XX000', 500, 'service.failed'],
    ['PT200', 500, 'service.failed'],
  ])('of SQLSTATE %s is answered %i %s, without a word of SQL', (state, status, code) => {
    const problem = toProblemError(
      sqlError(state, { hint: 'Perhaps you meant app.secret_table', detail: 'Key (email)=(a@b.c) exists' }),
    );
    expect(problem).toMatchObject({ status, code });
    const text = JSON.stringify(problem.toProblem('request-1'));
    expect(text).not.toMatch(/secret|select|email/);
  });

  it('that never came, because the connection broke, is 503 with Retry-After', () => {
    const problem = toProblemError(new DatabaseUnavailableError(new Error('Connection terminated unexpectedly')));
    expect(problem).toMatchObject({ status: 503, code: 'service.unavailable', retryAfterSeconds: 2 });
  });
});

describe('an error that nobody expected', () => {
  it('is 500 without its message', () => {
    const problem = toProblemError(new Error('password=hunter2'));
    expect(problem.toProblem('request-1')).toMatchObject({ status: 500, code: 'service.failed' });
    expect(JSON.stringify(problem.toProblem('request-1'))).not.toContain('hunter2');
  });
});

describe('the catalogue', () => {
  it('gives every code a title, a sentence and an advice', () => {
    for (const [code, kind] of Object.entries(catalogue)) {
      expect(code).toMatch(/^[a-z]+\.[a-z_]+$/);
      expect(kind.title).not.toMatch(/\.$/);
      expect(kind.detail).toMatch(/\.$/);
      expect(kind.advice).toMatch(/\.$/);
    }
  });

  it('knows every code that SQL raises, with the same status', async () => {
    const root = fileURLToPath(new URL('../../../sql', import.meta.url));
    const raised = new Map<string, number>();
    for await (const file of glob('{functions,api,triggers,migrations}/**/*.sql', { cwd: root })) {
      const text = await readFile(`${root}/${file}`, 'utf8');
      for (const [, status, code] of text.matchAll(/app\.fail\(\s*(\d{3}),\s*'([a-z_]+\.[a-z_]+)'/g)) {
        raised.set(String(code), Number(status));
      }
    }
    expect(raised.size).toBeGreaterThan(10);
    const known = Object.fromEntries(Object.entries(catalogue).map(([code, kind]) => [code, kind.status]));
    expect(known).toMatchObject(Object.fromEntries(raised));
  });

  it('is what docs/reference/problems.md says', async () => {
    const file = new URL('../../../docs/reference/problems.md', import.meta.url);
    expect(await readFile(file, 'utf8')).toBe(renderProblemsReference());
  });
});
