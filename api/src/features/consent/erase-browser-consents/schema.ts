import { z } from 'zod';
import { browserBody } from '../browser-id.ts';

export const eraseBrowserConsentsBody = browserBody;
export const eraseBrowserConsentsAnswer = z.object({
  erased: z.int().min(0).describe('How many decisions there were.'),
});
