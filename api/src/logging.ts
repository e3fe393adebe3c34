import type { FastifyServerOptions } from 'fastify';
import { DatabaseError } from 'pg';
import { type LoggerOptions, type SerializedError, symbols } from 'pino';
import type { Config } from './config.ts';

/** Where a secret could stand in an object that is logged. Serialisers below already drop headers and bodies; this is the second lock. */
const secretPaths = ['authorization', 'cookie', 'set-cookie', 'secret', 'token', 'password', 'body'].flatMap((key) => [
  `["${key}"]`,
  `*["${key}"]`,
  `*.*["${key}"]`,
]);

/** A request URL without the values of its query: signed URLs carry tokens there. */
export function redactUrl(url: string): string {
  const start = url.indexOf('?');
  if (start < 0) {
    return url;
  }
  const names = [...new Set(new URLSearchParams(url.slice(start)).keys())];
  return `${url.slice(0, start)}?${names.map((name) => `${encodeURIComponent(name)}=…`).join('&')}`;
}

interface LoggedError extends Record<string, unknown> {
  type: string;
  message: string;
  stack?: string | undefined;
}

/**
 * An error as it may stand in a log: type, message and stack, for errors of SQL its state and the objects it names, but not DETAIL
 * and WHERE, which repeat values of rows; of other errors none of their own properties, which can be whole requests.
 */
export function serialiseError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) {
    return { type: typeof error, message: 'A value that is no Error was thrown.' };
  }
  const logged: LoggedError = { type: error.name, message: error.message, stack: error.stack };
  if (error instanceof DatabaseError) {
    const { code, hint, schema, table, column, constraint, routine } = error;
    Object.assign(logged, { sqlState: code, hint, schema, table, column, constraint, routine });
  } else if ('code' in error && typeof error.code === 'string') {
    logged.code = error.code;
  }
  if (error.cause !== undefined && depth < 4) {
    logged.cause = serialiseError(error.cause, depth + 1);
  }
  return logged;
}

/** pino's options for both programs: JSON lines, ISO times in UTC, no secret. */
export function loggerOptions(config: Config, program: 'api' | 'worker'): LoggerOptions {
  return {
    level: config.logLevel,
    base: { program, version: config.version, environment: config.environment },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: secretPaths, censor: '[redacted]' },
    serializers: {
      err: (error: unknown) => serialiseError(error) as unknown as SerializedError,
      req: (request: { method: string; url: string; id?: string }) => ({
        method: request.method,
        url: redactUrl(request.url),
      }),
      res: (reply: { statusCode: number }) => ({ statusCode: reply.statusCode }),
    },
  };
}

/**
 * The logger of a request: the program's, with the request's id on every line. pino would look for every secret path in the id, which is one
 * harmless word (`requestIdFrom`), and that is a fifth of the memory that a request takes. What is logged with it is redacted as ever.
 */
export const requestLogger: NonNullable<FastifyServerOptions['childLoggerFactory']> = (
  logger,
  { requestId, ...bindings },
  options,
) => {
  const child = logger.child(bindings, options) as typeof logger & { [symbols.chindingsSym]: string };
  child[symbols.chindingsSym] += `,"requestId":${JSON.stringify(requestId)}`;
  return child;
};
