import { z } from 'zod';

/** Largest file a coach may upload, in bytes (5 GB). The rule itself lives in SQL (`app.max_upload_bytes`); this is for forms. */
export const maxUploadBytes = 5_000_000_000;

export const requestUploadBody = z.strictObject({
  title: z.string().trim().min(1, 'Give the video a title.').max(200, 'A title has at most 200 characters.'),
  description: z.string().trim().max(2000, 'A description has at most 2,000 characters.').optional(),
  fileName: z
    .string()
    .trim()
    .min(1, 'The name of the file is missing.')
    .max(255, 'A file name has at most 255 characters.'),
  fileSizeBytes: z.int().min(1, 'The file is empty.').describe('Size of the file in bytes.'),
  contentType: z.string().trim().min(1).max(127).describe('Media type of the file, `video/*`.'),
});
export type RequestUploadBody = z.output<typeof requestUploadBody>;

export const requestUploadAnswer = z.object({
  uploadJobId: z.uuid(),
  videoId: z.uuid(),
  uploadUrl: z.url().describe('Where the browser PUTs the file, in chunks with Content-Range, straight to Mux.'),
  expiresAt: z.iso.datetime().describe('After this the upload URL is dead and the job is closed.'),
});
export type RequestUploadAnswer = z.output<typeof requestUploadAnswer>;
