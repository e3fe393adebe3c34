import { Histogram, type Registry } from '@prometheus-io/client';

/** Seconds; from an answer of Mux to a night's upload over a slow line. */
const buckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400, 86_400];

/** How long the stages of uploads take (UP-13): one histogram, of which the api sees the first stage and the worker the others. */
export function uploadStages(registry: Registry): Histogram<'stage'> {
  return new Histogram({
    name: 'mm_upload_stage_seconds',
    help: 'How long stages of uploads took: preparing (until Mux gave an address), uploading (until Mux had the file), processing (until it could be played), whole (from the request until it could be played).',
    labelNames: ['stage'] as const,
    buckets,
    registers: [registry],
  });
}
