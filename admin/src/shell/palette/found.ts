import { z } from 'zod';

/** One row of `api.search()`. */
export const foundRow = z.object({
  kind: z.enum(['video', 'share_link', 'person']),
  id: z.uuid(),
  title: z.string(),
  detail: z.string().nullable(),
});
export type Found = z.infer<typeof foundRow>;

/** The resource that shows what was found. */
export const resourceOf: Record<Found['kind'], string> = {
  video: 'videos',
  share_link: 'share_tokens',
  person: 'profiles',
};
