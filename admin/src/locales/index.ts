import type { Language } from '../settings/settings.ts';
import { enAU } from './en-AU.ts';

/** Every text a person reads; another language has to have exactly this shape. */
export type Messages = typeof enAU;

/** The language that is shown, as Intl knows it. It is decided before the app starts and stays until the page is loaded anew. */
export const locale: Language = 'en-AU';
export const text: Messages = enAU;
