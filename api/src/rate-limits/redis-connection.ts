import { Redis } from 'ioredis';

/** Milliseconds for which a request waits for Redis before it is counted in this process. */
const commandTimeoutMs = 100;
const connectTimeoutMs = 2_000;
const longestRetryPauseMs = 2_000;

/**
 * Connects to Redis, and again whenever the connection breaks, for as long as the process lives. Nothing waits for it: a command on a
 * connection that is not ready fails at once.
 * @param onTrouble told once for each connection that broke or could not be made
 */
export function connectRedis(url: string, onTrouble: (error: Error) => void): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    maxRetriesPerRequest: 0,
    commandTimeout: commandTimeoutMs,
    connectTimeout: connectTimeoutMs,
    retryStrategy: (attempt) => Math.min(attempt * 100, longestRetryPauseMs),
  });
  let told = false;
  redis.on('error', (error: Error) => {
    if (!told) {
      told = true;
      onTrouble(error);
    }
  });
  redis.on('ready', () => {
    told = false;
  });
  return redis;
}
