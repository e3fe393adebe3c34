import { z } from 'zod';

export const livenessAnswer = z.object({ status: z.literal('alive') });
export type LivenessAnswer = z.output<typeof livenessAnswer>;

export const readinessCheck = z.enum(['ok', 'failed']);

export const readinessAnswer = z.object({
  status: z.enum(['ready', 'unavailable']),
  checks: z.object({ database: readinessCheck, postgrest: readinessCheck.optional() }),
});
export type ReadinessAnswer = z.output<typeof readinessAnswer>;
