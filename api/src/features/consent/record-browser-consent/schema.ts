import { z } from 'zod';
import { browserId, categories, standingConsent } from '../browser-id.ts';

export const recordBrowserConsentBody = z.object({
  browserId,
  noticeId: z.uuid().describe('The `id` of the notice that was shown, as `/rest/rpc/consent_notice` answers it.'),
  categories: categories.describe('What is agreed to. None is a refusal.'),
});

export const recordBrowserConsentAnswer = standingConsent;
