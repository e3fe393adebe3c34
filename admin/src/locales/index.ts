import { enAU } from './en-AU.ts';

/** Every text a person reads. One language so far; another one has to have exactly this shape. */
export type Messages = typeof enAU;

export const locale = 'en-AU';
export const text: Messages = enAU;
