import type { Granted, ShareOutcome, Step } from './share-client.ts';

/** What the page shows. Moments (`retryAt`) in milliseconds since the epoch by the device's clock. */
export type ViewState =
  | { readonly name: 'link-incomplete' }
  | { readonly name: 'opening' }
  /** Refused in the one way that tells nothing (SH-07). */
  | { readonly name: 'unavailable' }
  /** Its time was up while this page was open; `until` in milliseconds by the server's clock. */
  | { readonly name: 'expired'; readonly until: number }
  /** It was refused while somebody was watching. */
  | { readonly name: 'stopped' }
  /** The link asks for something first; `position` in seconds is where somebody was watching when it did. */
  | { readonly name: 'step'; readonly step: Step; readonly position: number | null }
  | { readonly name: 'framed' }
  | { readonly name: 'processing'; readonly retryAt: number; readonly tries: number }
  | { readonly name: 'rate-limited'; readonly retryAt: number }
  | { readonly name: 'unreachable'; readonly retryAt: number; readonly tries: number }
  | { readonly name: 'ready'; readonly granted: Granted }
  /** Play was asked for; poster and button stay until the first frame. */
  | { readonly name: 'starting'; readonly granted: Granted; readonly isStuck: boolean }
  | { readonly name: 'playing'; readonly granted: Granted; readonly isStuck: boolean }
  /** The stream failed though the link is fine; `position` in seconds is where to go on. */
  | { readonly name: 'stream-trouble'; readonly retryAt: number; readonly tries: number; readonly position: number }
  /** The player's script did not arrive: only a reload fetches a module again. */
  | { readonly name: 'player-trouble' };

export type ViewEvent =
  | {
      readonly type: 'answered';
      readonly outcome: ShareOutcome;
      readonly now: number;
      /** Where somebody is watching, in seconds. */
      readonly position?: number;
    }
  | { readonly type: 'play-wanted' }
  | { readonly type: 'player-shown' }
  /** The player is put in anew, at the same position. */
  | { readonly type: 'restarting' }
  /** The video cannot go on for now: no connection, or no token to be had. */
  | { readonly type: 'stuck'; readonly isStuck: boolean }
  | { readonly type: 'stream-failed'; readonly position: number; readonly tries: number; readonly now: number }
  | { readonly type: 'player-failed' };

const retryPausesMs = {
  processing: [3_000, 5_000, 10_000],
  unreachable: [2_000, 4_000, 8_000, 15_000, 30_000],
  'stream-trouble': [5_000, 10_000, 20_000, 40_000, 60_000],
} as const;

/** The server's clock is known to about a second. */
const clockDoubtMs = 2_000;

function pause(state: keyof typeof retryPausesMs, tries: number): number {
  const pauses = retryPausesMs[state];
  return pauses[Math.min(tries, pauses.length - 1)] ?? 0;
}

const triesOf = (state: ViewState, name: 'processing' | 'unreachable'): number =>
  state.name === name ? state.tries + 1 : 0;

/** The page as a pure function of what happened. An event that means nothing in a state leaves it as it is. */
export function nextView(state: ViewState, event: ViewEvent): ViewState {
  switch (event.type) {
    case 'answered':
      return answered(state, event);
    case 'play-wanted':
      return state.name === 'ready' ? { name: 'starting', granted: state.granted, isStuck: false } : state;
    case 'player-shown':
      return state.name === 'starting' ? { ...state, name: 'playing' } : state;
    case 'restarting':
      return state.name === 'playing' ? { ...state, name: 'starting' } : state;
    case 'stuck':
      if (state.name !== 'starting' && state.name !== 'playing') return state;
      return state.isStuck === event.isStuck ? state : { ...state, isStuck: event.isStuck };
    case 'stream-failed': {
      if (state.name !== 'starting' && state.name !== 'playing') return state;
      const { position, tries, now } = event;
      return { name: 'stream-trouble', position, tries, retryAt: now + pause('stream-trouble', tries) };
    }
    case 'player-failed':
      return state.name === 'starting' || state.name === 'playing' ? { name: 'player-trouble' } : state;
  }
}

/** Somebody who was let in before may know that the link has ended; all that a stranger learns is that it does not work. */
function ended(state: ViewState, now: number): ViewState {
  if (!('granted' in state)) return { name: 'unavailable' };
  const until = Date.parse(state.granted.grant.availableUntil);
  if (now + state.granted.serverOffset >= until - clockDoubtMs) return { name: 'expired', until };
  return state.name === 'ready' ? { name: 'unavailable' } : { name: 'stopped' };
}

function answered(state: ViewState, { outcome, now, position }: Extract<ViewEvent, { type: 'answered' }>): ViewState {
  switch (outcome.kind) {
    case 'granted':
      return { name: 'ready', granted: outcome };
    case 'unavailable':
      return ended(state, now);
    case 'needs':
      return { name: 'step', step: outcome.step, position: position ?? null };
    case 'framed':
      return { name: 'framed' };
    case 'processing': {
      const tries = triesOf(state, 'processing');
      return { name: 'processing', tries, retryAt: now + Math.max(pause('processing', tries), outcome.waitMs ?? 0) };
    }
    case 'rate-limited':
      // A second more than asked: a retry on the stroke of the window would be refused again.
      return { name: 'rate-limited', retryAt: now + outcome.waitMs + 1_000 };
    case 'unreachable': {
      const tries = triesOf(state, 'unreachable');
      return { name: 'unreachable', tries, retryAt: now + Math.max(pause('unreachable', tries), outcome.waitMs ?? 0) };
    }
  }
}
