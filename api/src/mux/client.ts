import Mux from '@mux/mux-node';
import type { Config } from '../config.ts';

/** Milliseconds after which a call to Mux is given up. */
const timeoutMs = 10_000;

/**
 * Mux's own SDK, without its retries: it would repeat a POST that may have succeeded, and Mux has no idempotency keys. Whoever
 * wants a retry decides so where the meaning is known.
 */
export function createMuxClient(config: Config['mux']): Mux {
  return new Mux({
    tokenId: config.tokenId,
    tokenSecret: config.tokenSecret,
    baseURL: config.baseUrl,
    webhookSecret: null,
    jwtSigningKey: null,
    jwtPrivateKey: null,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
  });
}
