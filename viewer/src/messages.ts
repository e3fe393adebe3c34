import { momentInWords } from './lib/availability.ts';
import type { ViewState } from './lib/view-state.ts';
import { strings } from './strings/page.ts';

export interface Message {
  readonly title: string;
  readonly text: string;
}

/** What is said instead of the video: what happened, then what to do. */
export function messageOf(state: ViewState, isOnline: boolean): Message {
  switch (state.name) {
    case 'link-incomplete':
      return strings.linkIncomplete;
    case 'processing':
      return strings.processing;
    case 'rate-limited':
      return strings.rateLimited;
    case 'unreachable':
      return isOnline ? strings.unreachable : strings.offline;
    case 'stream-trouble':
      return isOnline ? strings.streamTrouble : strings.offline;
    case 'player-trouble':
      return strings.playerTrouble;
    case 'expired':
      return strings.expired(momentInWords(new Date(state.until)));
    case 'stopped':
      return strings.stopped;
    case 'framed':
      return strings.framed;
    case 'step':
      return strings.step;
    default:
      return strings.unavailable;
  }
}

export function untilRetry(state: ViewState, now: number): string {
  return 'retryAt' in state ? strings.trySoon(Math.max(0, Math.ceil((state.retryAt - now) / 1000))) : '';
}
