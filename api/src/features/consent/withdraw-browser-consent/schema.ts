import { browserBody, standingConsent } from '../browser-id.ts';

export const withdrawBrowserConsentBody = browserBody;
export const withdrawBrowserConsentAnswer = standingConsent;
