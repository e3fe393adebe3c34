import { Gauge, type Registry } from '@prometheus-io/client';
import type { Redis } from 'ioredis';

/** What `INFO` calls it, what we call it, and what it is. */
const measures = [
  ['used_memory', 'mm_redis_used_memory_bytes', 'Memory that Redis uses.'],
  ['maxmemory', 'mm_redis_max_memory_bytes', 'Memory that Redis may use; 0 means without an end.'],
  [
    'evicted_keys',
    'mm_redis_evicted_keys',
    'Keys that Redis dropped for want of memory since its start; each is a count that was lost.',
  ],
  ['keyspace_hits', 'mm_redis_keyspace_hits', 'Look-ups since the start of Redis that found their key.'],
  [
    'keyspace_misses',
    'mm_redis_keyspace_misses',
    'Look-ups since the start of Redis that found none: the first request of a window.',
  ],
] as const;

const measured = (info: string, name: string): number =>
  Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? Number.NaN);

/**
 * Shows what Redis says of itself (RL-04), asked anew for each scrape. While it does not answer the values are NaN, and
 * `mm_rate_limit_store_up` tells why.
 */
export function observeRedis(registry: Registry, redis: Redis): void {
  let asked: Promise<string> | undefined;
  // All gauges of one scrape share one answer.
  const info = (): Promise<string> => {
    asked ??= redis
      .info()
      .catch(() => '')
      .finally(() => {
        asked = undefined;
      });
    return asked;
  };
  for (const [measure, name, help] of measures) {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(measured(await info(), measure));
      },
    });
  }
}
