import { z } from 'zod';

/**
 * A browser in which nobody is signed in, by a random id that it made and keeps. Whoever has the id may do for the browser what a person may do
 * for themself, so it stands in bodies only, which no log keeps.
 */
export const browserId = z.uuid().describe('The random id that this browser made and keeps.');

export const browserBody = z.object({ browserId });

/** What an answer or a withdrawal became. */
export const standingConsent = z.object({
  action: z.enum(['given', 'refused', 'withdrawn']),
  decidedAt: z.iso
    .datetime()
    .describe('When it was decided, by the server’s clock. Sent again, the same answer keeps its moment.'),
});

export interface StandingRow {
  readonly action: 'given' | 'refused' | 'withdrawn';
  readonly decided_at: Date;
}

export const categories = z.array(z.enum(['analytics', 'performance'])).max(2);
