import { useRows } from '../use-rows.ts';
import type { StepRow } from './answers.ts';

/** The steps of a request in the order in which they are carried out. */
export const useSteps = (requestId: string, pollMs: number) =>
  useRows<StepRow>({
    resource: 'erasure_steps',
    filters: [{ field: 'request_id', operator: 'eq', value: requestId }],
    sorters: [
      { field: 'phase', order: 'asc' },
      { field: 'target', order: 'asc' },
    ],
    // More than a plan has: one step for each personal column, and some for each video.
    pageSize: 500,
    pollMs,
  });
