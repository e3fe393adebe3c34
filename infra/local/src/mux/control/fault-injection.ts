import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MuxApiError } from '../errors.ts';
import type { FaultRules } from './fault-rules.ts';

/**
 * Applies the fault rules to every request but those of the control API itself. A rule comes before anything else: the
 * caller's credentials and token are not looked at, as with a vendor that is down.
 */
export function injectFaults(app: FastifyInstance, rules: FaultRules): void {
  const truncations = new WeakMap<FastifyRequest, number>();
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());

  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    if (path.startsWith('/control/')) return;
    const rule = rules.take(request.method, path);
    if (rule === undefined) return;
    request.log.info({ ruleId: rule.id, method: request.method }, 'fault injected');
    if (rule.truncate !== undefined) {
      truncations.set(request, rule.truncate);
    } else if (rule.timeoutMs !== undefined) {
      reply.hijack();
      await pause(rule.timeoutMs, undefined, { signal: closing.signal }).catch(() => undefined);
      request.raw.destroy();
    } else {
      // A page can read it, as it can read an overloaded bucket's answer at the vendor.
      reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', 'Retry-After');
      if (rule.retryAfter !== undefined) reply.header('retry-after', String(rule.retryAfter));
      const limited = rule.status === 429;
      throw new MuxApiError(rule.status ?? 500, limited ? 'too_many_requests' : 'internal_error', [
        limited ? 'Too many requests.' : 'Something went wrong on our side.',
      ]);
    }
  });

  app.addHook('onSend', async (request, reply, payload: unknown) => {
    const limit = truncations.get(request);
    if (limit === undefined) return payload;
    if (typeof payload === 'string' || Buffer.isBuffer(payload)) {
      reply.header('content-length', Buffer.byteLength(payload));
      return brokenOff(Readable.from([Buffer.from(payload)]), limit);
    }
    return payload instanceof Readable ? brokenOff(payload, limit) : payload;
  });
}

/** The first `limit` bytes of a stream, and then an error, on which the server cuts the connection. */
function brokenOff(source: Readable, limit: number): Readable {
  async function* head(): AsyncGenerator<Buffer> {
    let left = limit;
    for await (const piece of source) {
      const bytes = Buffer.from(piece);
      if (bytes.length >= left) {
        yield bytes.subarray(0, left);
        throw new Error('answer broken off on request');
      }
      left -= bytes.length;
      yield bytes;
    }
    throw new Error('answer broken off on request');
  }
  return Readable.from(head(), { objectMode: false });
}
