import type { IncomingMessage } from 'node:http';
import Fastify from 'fastify';
import { DatabaseError } from 'pg';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { sampleEnvironment } from '../test/sample-environment.ts';
import { parseConfig } from './config.ts';
import { loggerOptions, redactUrl, requestLogger, serialiseError } from './logging.ts';

function logged(line: object): string {
  const lines: string[] = [];
  const log = pino(loggerOptions(parseConfig(sampleEnvironment({ LOG_LEVEL: 'info' })), 'api'), {
    write: (text) => lines.push(text),
  });
  log.info(line, 'a line');
  return lines.join('');
}

describe('a log line', () => {
  it.each([
    ['authorization', { headers: { authorization: 'Bearer s3cr3t-value' } }],
    ['cookie', { req: { method: 'GET', url: '/', headers: { cookie: 's3cr3t-value' } } }],
    ['secret', { secret: 's3cr3t-value' }],
    ['body.secret', { body: { secret: 's3cr3t-value' } }],
    ['nested token', { answer: { playback: { token: 's3cr3t-value' } } }],
    ['a token in a URL', { req: { method: 'GET', url: '/x.m3u8?token=s3cr3t-value' } }],
    ['a request with a body', { req: { method: 'POST', url: '/', body: { secret: 's3cr3t-value' } } }],
  ])('never holds %s', (_name, line) => {
    expect(logged(line)).not.toContain('s3cr3t-value');
  });

  it('keeps what errors of SQL say about the rule, and nothing about the row', () => {
    const error = Object.assign(new DatabaseError('duplicate key value', 10, 'error'), {
      code: '23505',
      constraint: 'profiles_subject_key',
      detail: 'Key (email)=(amelia.hart@example.com) already exists.',
      where: 'amelia.hart@example.com',
    });
    const line = logged({ err: new Error('outer', { cause: error }) });
    expect(line).toContain('profiles_subject_key');
    expect(line).toContain('23505');
    expect(line).not.toContain('amelia');
  });

  it('names program, level and time in UTC', () => {
    expect(JSON.parse(logged({}))).toMatchObject({
      level: 'info',
      program: 'api',
      environment: 'test',
      time: expect.stringMatching(/Z$/),
    });
  });
});

describe('a line of a request', () => {
  it('has its id and what else it is bound to, and no secret either', () => {
    const lines: string[] = [];
    const log = pino(loggerOptions(parseConfig(sampleEnvironment({ LOG_LEVEL: 'info' })), 'api'), {
      write: (text) => lines.push(text),
    });
    const bindings = { requestId: 'id-with-a-"quote', route: { token: 's3cr3t-value' } };
    const request = requestLogger.call(Fastify(), log, bindings, {}, {} as IncomingMessage);
    request.info({ answer: { token: 's3cr3t-value' } }, 'a line');
    expect(JSON.parse(lines.join(''))).toMatchObject({
      requestId: 'id-with-a-"quote',
      route: { token: '[redacted]' },
      answer: { token: '[redacted]' },
      msg: 'a line',
    });
  });
});

it('a thrown value that is no error is not written out', () => {
  expect(JSON.stringify(serialiseError({ secret: 'value' }))).not.toContain('value"}');
});

it('a URL keeps its path and the names of its query', () => {
  expect(redactUrl('/a/b?token=1&time=2&token=3')).toBe('/a/b?token=…&time=…');
  expect(redactUrl('/a/b')).toBe('/a/b');
});
