import { z } from 'zod';
import { playback } from '../schema.ts';

export const previewVideoParams = z.object({ id: z.uuid().describe('Id of the video.') });
export type PreviewVideoParams = z.output<typeof previewVideoParams>;

export const previewVideoAnswer = playback;
export type PreviewVideoAnswer = z.output<typeof previewVideoAnswer>;
