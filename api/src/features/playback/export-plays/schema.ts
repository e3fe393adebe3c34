import { z } from 'zod';

/** Of a link, or of a video over all its links. Unknown parameters are refused: a slip must not export something else. */
export const exportPlaysQuery = z
  .strictObject({
    share_token_id: z.uuid().optional().describe('The link whose plays are exported.'),
    video_id: z.uuid().optional().describe('The video whose plays are exported, over all its links.'),
  })
  .refine(({ share_token_id, video_id }) => (share_token_id === undefined) !== (video_id === undefined), {
    path: ['share_token_id'],
    error: 'Name either a share link or a video.',
  });
export type ExportPlaysQuery = z.output<typeof exportPlaysQuery>;

export const exportPlaysAnswer = z
  .unknown()
  .describe('CSV (RFC 4180), UTF-8 with a mark of it, a row for each viewer session.');
