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
    // What Fastify would answer in place of the broken answer is not broken off in turn: it has nowhere to go.
    truncations.delete(request);
    const cut = () => request.raw.destroy();
    if (typeof payload === 'string' || Buffer.isBuffer(payload)) {
      reply.header('content-length', Buffer.byteLength(payload));
      return brokenOff(Readable.from([Buffer.from(payload)]), limit, cut);
    }
    return brokenOff(payload instanceof Readable ? payload : Readable.from([]), limit, cut);
  });
}

/**
 * The first `limit` bytes of a stream, and then an error, on which the server cuts the connection. As long as no byte has been sent it
 * would answer the error instead: `cut` ends the connection first.
 */
function brokenOff(source: Readable, limit: number, cut: () => void): Readable {
  async function* head(): AsyncGenerator<Buffer> {
    let left = limit;
    for await (const piece of source) {
      const bytes = Buffer.from(piece).subarray(0, left);
      left -= bytes.length;
      if (bytes.length > 0) yield bytes;
      if (left === 0) break;
    }
    if (left === limit) cut();
    throw new Error('answer broken off on request');
  }
  return Readable.from(head(), { objectMode: false });
}
