import type { z } from 'zod';
import { catalogue, type ProblemCode } from './catalogue.ts';
import { problem } from './schema.ts';

/**
 * Response schemas for the problems that an operation may answer with, one per status, for OpenAPI. Every operation may also
 * answer `service.unavailable` and `service.failed`.
 */
export function documentedProblems(...codes: readonly ProblemCode[]): Record<number, z.ZodType> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of [...codes, 'service.failed', 'service.unavailable'] as const) {
    const { status } = catalogue[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, its]) => [status, problem.describe(its.map((code) => `\`${code}\``).join(', '))]),
  );
}
