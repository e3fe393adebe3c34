import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../src/free-port.ts';

const listen = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
    onTestFinished(() => new Promise((done) => server.close(() => done())));
  });

test('a free port is none that the kernel gives away meanwhile, nor one that fetch refuses', async () => {
  const port = await findFreePort();
  expect(port).toBeLessThan(32_768);
  // The highest of https://fetch.spec.whatwg.org/#port-blocking.
  expect(port).toBeGreaterThan(10_080);
});

test('whoever asks at the same time is told different ports', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, () => findFreePort()));
  expect(new Set(ports).size).toBe(50);
});

test('a port that is taken is passed over', async () => {
  const before = await findFreePort();
  await listen(before + 1);
  const after = await findFreePort();
  expect(after).not.toBe(before + 1);
  await listen(after);
});
