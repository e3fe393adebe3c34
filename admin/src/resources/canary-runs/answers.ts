import { z } from 'zod';

/** A row of `rpc/revocation_bound`: how soon one kind of act reached one step of playback. */
export const boundRow = z.object({
  kind: z.enum(['revoke', 'cut']),
  step: z.enum(['mint', 'manifest', 'segment']),
  runs: z.int(),
  late: z.int(),
  p50_ms: z.int().nullable(),
  p99_ms: z.int().nullable(),
  max_ms: z.int().nullable(),
});
