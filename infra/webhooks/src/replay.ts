import { randomBytes, randomUUID } from 'node:crypto';
import type { Payload, Provider } from './payloads.ts';
import { type SignedDelivery, sign } from './sign.ts';

export interface ReplayOptions {
  readonly origin: string;
  readonly secretOf: (provider: Provider) => string;
  /** Sign with a secret that is wrong: everything must be refused. */
  readonly invalid?: boolean;
  /** Send each delivery twice. */
  readonly duplicate?: boolean;
  /** Give events of Mux an id of their own: an inbox that has had the payload before takes it as new. */
  readonly newIds?: boolean;
  /** The order, when it is not that of the files. */
  readonly order?: (payloads: readonly Payload[]) => readonly Payload[];
  readonly onResult?: (result: Result) => void;
}

/** What became of one delivery. */
export interface Result {
  readonly file: string;
  readonly provider: Provider;
  readonly type: string;
  /** HTTP status; null when nobody answered. */
  readonly status: number | null;
  /** stored (also when it had come before), quarantined, refused, rejected (any other 4xx), failed. */
  readonly outcome: 'stored' | 'quarantined' | 'refused' | 'rejected' | 'failed';
  readonly expected: boolean;
  readonly milliseconds: number;
}

function outcomeOf(status: number | null): Result['outcome'] {
  if (status === 200) return 'stored';
  if (status === 202) return 'quarantined';
  if (status === 401) return 'refused';
  return status !== null && status >= 400 && status < 500 ? 'rejected' : 'failed';
}

async function send(url: string, { body, headers }: SignedDelivery): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(15_000),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}

/**
 * Signs payloads freshly and sends them to their provider's address, one after the other.
 * @returns what became of each; `expected` is false for what was not stored, and with `invalid` for what was not refused.
 */
export async function replay(payloads: readonly Payload[], options: ReplayOptions): Promise<Result[]> {
  const { origin, secretOf, invalid = false, duplicate = false, newIds = false } = options;
  const results: Result[] = [];
  for (const { file, provider, event } of options.order?.(payloads) ?? payloads) {
    const secret = invalid ? `whsec_${randomBytes(24).toString('base64')}` : secretOf(provider);
    const sent = newIds && provider === 'mux' ? { ...event, id: randomUUID() } : event;
    const delivery = sign(provider, JSON.stringify(sent), secret);
    for (let times = duplicate ? 2 : 1; times > 0; times -= 1) {
      const begun = performance.now();
      const status = await send(`${origin}/api/webhooks/${provider}`, delivery);
      const outcome = outcomeOf(status);
      const result: Result = {
        file,
        provider,
        type: typeof event.type === 'string' ? event.type : '',
        status,
        outcome,
        expected: outcome === (invalid ? 'refused' : 'stored'),
        milliseconds: Math.round(performance.now() - begun),
      };
      options.onResult?.(result);
      results.push(result);
    }
  }
  return results;
}
