import type { Granted, ShareOutcome } from './share-client.ts';

/** What the page shows. Moments (`retryAt`) in milliseconds since the epoch by the device's clock. */
export type ViewState =
  | { readonly name: 'link-incomplete' }
  | { readonly name: 'opening' }
  | { readonly name: 'unavailable' }
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
  | { readonly type: 'answered'; readonly outcome: ShareOutcome; readonly now: number }
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
      return answered(state, event.outcome, event.now);
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

function answered(state: ViewState, outcome: ShareOutcome, now: number): ViewState {
  switch (outcome.kind) {
    case 'granted':
      return { name: 'ready', granted: outcome };
    case 'unavailable':
      return { name: 'unavailable' };
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
