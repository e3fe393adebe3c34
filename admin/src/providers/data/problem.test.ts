import { describe, expect, it } from 'vitest';
import { text } from '../../locales/index.ts';
import { fromBody } from './problem.ts';

describe('a refusal of our own SQL', () => {
  it('keeps its status, sentence and code, and puts its messages at the fields', () => {
    const error = fromBody(
      422,
      {
        code: 'PT422',
        message: 'A link lives at least 24 hours.',
        hint: 'share.expiry_out_of_range',
        details: '{"errors":[{"pointer":"#/expires_at","code":"x","detail":"Choose a later time."}]}',
      },
      'req-1',
    );
    expect(error).toMatchObject({
      statusCode: 422,
      code: 'share.expiry_out_of_range',
      message: 'A link lives at least 24 hours.',
      requestId: 'req-1',
      errors: { expires_at: ['Choose a later time.'] },
    });
  });

  it('without readable details has no field messages', () => {
    const body = { code: 'PT409', message: 'Already revoked.', hint: 'share.already_revoked', details: 'not json' };
    expect(fromBody(409, body, undefined).errors).toBeUndefined();
  });
});

describe('what the server says to programmers', () => {
  it('reaches people as a plain sentence, by the status', () => {
    const error = fromBody(403, { code: '42501', message: 'permission denied for table videos' }, 'req-2');
    expect(error).toMatchObject({ statusCode: 403, code: '42501', message: text.problems.refused });
    expect(error.cause).toMatchObject({ message: 'permission denied for table videos' });
  });

  it('“no row” (406 PGRST116) is a 404', () => {
    const body = { code: 'PGRST116', message: 'JSON object requested, multiple (or no) rows returned' };
    expect(fromBody(406, body, undefined)).toMatchObject({ statusCode: 404, message: text.problems.notFound });
  });

  it('a statement that was stopped says what to do about it', () => {
    expect(fromBody(500, { code: '57014', message: 'canceling statement' }, undefined).message).toBe(
      text.problems.tooSlow,
    );
  });

  it('a body that is no JSON still has the status', () => {
    expect(fromBody(502, 'Bad Gateway', undefined)).toMatchObject({ statusCode: 502, code: 'http.502' });
  });
});

it('problem details of the HTTP API are read alike, pointers in camel case and with escapes too', () => {
  const error = fromBody(
    422,
    {
      type: 'urn:motion-mavericks:problem:upload.invalid',
      title: 'Invalid',
      status: 422,
      detail: 'This upload cannot be accepted.',
      code: 'upload.invalid',
      requestId: 'req-3',
      errors: [
        { pointer: '#/fileSizeBytes', detail: 'Too large.', code: 'upload.too_large' },
        { pointer: '#/a~1b/0', detail: 'Odd.', code: 'x' },
      ],
    },
    undefined,
  );
  expect(error).toMatchObject({
    statusCode: 422,
    code: 'upload.invalid',
    requestId: 'req-3',
    errors: { fileSizeBytes: ['Too large.'], 'a/b.0': ['Odd.'] },
  });
});
