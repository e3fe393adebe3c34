import { z } from 'zod';

export const cancelUploadParams = z.object({ id: z.uuid().describe('Id of the upload job.') });
export type CancelUploadParams = z.output<typeof cancelUploadParams>;

export const cancelUploadAnswer = z.object({
  uploadJobId: z.uuid(),
  state: z
    .string()
    .describe('State of the job after this call; `cancelled`, or the final state it had already reached.'),
});
export type CancelUploadAnswer = z.output<typeof cancelUploadAnswer>;
