import autocannon from 'autocannon';
import type { SharedLink } from './seed-links.ts';

export type Load = { requestsPerSecond: number; p99Milliseconds: number };

/**
 * Resolves the links, one after the other, over `connections` connections for `seconds`.
 * @throws Error when an answer is not 200: a rate of refusals would be no rate of resolves.
 */
export async function load(url: string, links: SharedLink[], connections: number, seconds: number): Promise<Load> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: links.map(({ publicId, secret }) => ({
      method: 'POST' as const,
      path: `/api/share/${publicId}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ secret }),
    })),
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} requests failed`);
  }
  return { requestsPerSecond: result.requests.average, p99Milliseconds: result.latency.p99 };
}
