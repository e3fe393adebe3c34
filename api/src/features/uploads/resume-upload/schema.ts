import { z } from 'zod';

export const resumeUploadParams = z.object({ id: z.uuid().describe('Id of the upload job.') });
export type ResumeUploadParams = z.output<typeof resumeUploadParams>;

export const resumeUploadAnswer = z.object({
  uploadJobId: z.uuid(),
  videoId: z.uuid(),
  state: z
    .enum(['requested', 'uploading', 'processing', 'expired', 'cancelled', 'errored', 'ready'])
    .describe('Where the upload stands, as the database or Mux knows it, whoever is further.'),
  uploadUrl: z
    .url()
    .nullable()
    .describe('Where to go on, while Mux waits for bytes; null when there is nothing more to send.'),
  fileName: z.string(),
  fileSizeBytes: z.int(),
  fileFingerprint: z.string().nullable().describe('What was said of the file when the upload was asked for.'),
  expiresAt: z.iso.datetime().describe('After this the upload URL is dead and the job is closed.'),
});
export type ResumeUploadAnswer = z.output<typeof resumeUploadAnswer>;
