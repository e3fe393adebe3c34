import { keepingIn } from './lib/keeping.ts';
import type { ShareOutcome } from './lib/share-client.ts';
import { linkFrom, type ShareLink } from './lib/share-link.ts';
import { Opening } from './opening.ts';
import { showPoster } from './poster.ts';

/** What has begun before the page's own script is there. */
export interface Begun {
  /** Null when a part of the link is missing; then nothing was asked. */
  readonly link: ShareLink | null;
  readonly opening: Opening | null;
  readonly first: Promise<ShareOutcome> | undefined;
}

declare global {
  interface Window {
    shareBegun?: Begun;
  }
}

/*
 * Stands in the head of the page itself (`build/inlined-opening.ts`), and runs before the rest of the page is even read: asks for the link,
 * and for the poster as soon as the link is granted (VW-08). What becomes of the answer is for `facade.ts`.
 */
const link = linkFrom(window, keepingIn('sessionStorage'));
const opening = link && new Opening(link);
/** The poster is under way before anybody else hears of the grant. */
const first = opening?.ask().then((outcome) => {
  if (outcome.kind === 'granted') showPoster(outcome.grant);
  return outcome;
});

window.shareBegun = { link, opening, first };
