import { z } from 'zod';
import { browserBody, categories } from '../browser-id.ts';

export const exportBrowserConsentsBody = browserBody;

export const exportBrowserConsentsAnswer = z.object({
  consents: z
    .array(
      z.object({
        jurisdiction: z.enum(['AU', 'US', 'EU']),
        noticeVersion: z.int(),
        action: z.enum(['given', 'refused', 'withdrawn']),
        categories,
        decidedAt: z.iso.datetime(),
        supersededAt: z.iso.datetime().nullable().describe('Null for the one that stands.'),
      }),
    )
    .describe('The newest first; none for an id that nothing is known of.'),
});
