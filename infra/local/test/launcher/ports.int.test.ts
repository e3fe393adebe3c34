import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { choosePorts, planPorts } from '../../src/launcher/port-plan.ts';
import { findFreeBase } from './free-base.ts';

async function occupy(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
}

test('a port that was asked for and is taken is named, with the process that holds it', async () => {
  const base = await findFreeBase();
  await occupy(base);
  const pattern = new RegExp(`^PORT: port ${base} is taken by process ${process.pid} \\(.+\\)`);
  await expect(choosePorts(base)).rejects.toThrow(pattern);
});

test('a taken port after the one that was asked for is named with what it is for', async () => {
  const base = await findFreeBase();
  await occupy(base + 6);
  await expect(choosePorts(base)).rejects.toThrow(new RegExp(`port ${base + 6} \\(for PostgreSQL\\) is taken`));
});

test('a free port that was asked for is used, with the nine after it', async () => {
  const base = await findFreeBase();
  expect(await choosePorts(base)).toEqual(planPorts(base));
});

test('without a wish the first free row is taken, and each skipped one is told with its reason', async () => {
  const skipped: string[] = [];
  const plan = await choosePorts(undefined, (sentence) => skipped.push(sentence));
  expect(plan.api % 10).toBe(0);
  expect(plan.api).toBeGreaterThanOrEqual(4000);
  await occupy(plan.identity);
  const told: string[] = [];
  const next = await choosePorts(undefined, (sentence) => told.push(sentence));
  expect(next.api).toBeGreaterThan(plan.api);
  expect(told.join('\n')).toContain(`port ${plan.identity} (for the identity issuer) is taken`);
});
