import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { shuffled } from '../src/shuffle.ts';
import { findTarget } from '../src/target.ts';

async function withPlace<T>(config: string, work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(config);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  try {
    return await work(`http://127.0.0.1:${address.port}/some/path`);
  } finally {
    server.close();
  }
}

it.each(['development', 'test', 'staging'])(
  'a place that says it is %s is sent to without asking',
  async (environment) => {
    const target = await withPlace(JSON.stringify({ environment }), (url) => findTarget(url, false));
    expect(target.environment).toBe(environment);
    expect(target.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  },
);

it.each([
  ['production', '{"environment": "production"}', 'is production'],
  ['nothing about itself', '{}', 'not known to be a test environment'],
  ['nonsense', '<html>', 'not known to be a test environment'],
])('a place that says %s is sent to only when that is confirmed', async (_what, config, message) => {
  await expect(withPlace(config, (url) => findTarget(url, false))).rejects.toThrow(message);
  await expect(withPlace(config, (url) => findTarget(url, true))).resolves.toBeDefined();
});

it('an order by a seed holds every item once, is the same for the same seed and another for another', () => {
  const items = Array.from({ length: 20 }, (_, index) => index);
  expect(shuffled(items, 'a').toSorted((a, b) => a - b)).toEqual(items);
  expect(shuffled(items, 'a')).toEqual(shuffled(items, 'a'));
  expect(shuffled(items, 'a')).not.toEqual(shuffled(items, 'b'));
});
