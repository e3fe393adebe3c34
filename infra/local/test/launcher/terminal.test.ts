import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Terminal } from '../../src/launcher/terminal.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a step that takes longer than a second says so, with what it is doing and the time it has taken', async () => {
  const lines: string[] = [];
  const work = new Terminal((line) => lines.push(line)).step('building', async (progress) => {
    progress('transforming');
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    return 'built';
  });
  await vi.advanceTimersByTimeAsync(999);
  expect(lines).toEqual([]);
  await vi.advanceTimersByTimeAsync(6_001);
  expect(await work).toBe('built');
  expect(lines).toEqual([
    '  … building: transforming (1.0 s)',
    '  … building: transforming (6.0 s)',
    '  ✓ building (7.0 s)',
  ]);
});

test('a step that fails is marked, and its error is the caller’s', async () => {
  const lines: string[] = [];
  const work = new Terminal((line) => lines.push(line)).step('building', async () => {
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lines).toEqual(['  ✗ building (0.0 s)']);
});
