import { randomUUIDv7 } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const saneRequestId = /^[A-Za-z0-9._-]{8,128}$/;

/** The caller's `x-request-id` when it is one harmless word, else a fresh UUIDv7 (sorts by time in logs and tables). */
export function requestIdFrom(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && saneRequestId.test(given) ? given : randomUUIDv7();
}
