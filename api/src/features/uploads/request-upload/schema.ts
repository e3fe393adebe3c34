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
  contentType: z
    .string()
    .trim()
    .min(1)
    .max(127)
    .describe('Media type of the file: one of `app.upload_content_types()`.'),
  fileFingerprint: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'A fingerprint has 64 hexadecimal digits.')
    .optional()
    .describe(
      'SHA-256 that the browser made of samples of the file, to know it again when it is picked a second time.',
    ),
  shareExpiresAt: z.iso
    .datetime({ offset: true, error: 'This must be a time, such as 2026-01-31T09:00:00Z.' })
    .optional()
    .describe('Makes a share link together with the upload, which lives until then and works when the video is ready.'),
  shareLabel: z.string().trim().max(120, 'A label has at most 120 characters.').optional(),
});
export type RequestUploadBody = z.output<typeof requestUploadBody>;

export const requestUploadAnswer = z.object({
  uploadJobId: z.uuid(),
  videoId: z.uuid(),
  uploadUrl: z.url().describe('Where the browser PUTs the file, in chunks with Content-Range, straight to Mux.'),
  expiresAt: z.iso.datetime().describe('After this the upload URL is dead and the job is closed.'),
  share: z
    .object({
      id: z.uuid(),
      publicId: z.string(),
      secret: z.string().describe('Answered this once and kept nowhere: only its hash is stored.'),
      expiresAt: z.iso.datetime(),
    })
    .nullable()
    .describe('The share link that was wished for. Until the video is ready, who opens it is told to wait.'),
});
export type RequestUploadAnswer = z.output<typeof requestUploadAnswer>;
