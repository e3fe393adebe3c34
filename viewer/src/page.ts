import { clockLength, momentInWords, remainingInWords } from './lib/availability.ts';
import { duration, strings } from './lib/strings.ts';
import type { ViewState } from './lib/view-state.ts';

/** The elements of index.html that the states fill. */
export interface Page {
  readonly playerHost: HTMLElement;
  readonly playButton: HTMLButtonElement;
  readonly retryButton: HTMLButtonElement;
  /** Shows a state and tells assistive technology about it once. */
  show(state: ViewState, now: number, isOnline: boolean): void;
  /** Brings counting texts up to date without telling anyone: seconds to the next try, time the link has left. */
  tick(state: ViewState, now: number): void;
  /** Says one sentence to assistive technology. */
  say(sentence: string): void;
}

export function bindPage(document: Document): Page {
  const element = <T extends HTMLElement = HTMLElement>(id: string): T => {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`index.html has no element #${id}`);
    return found as T;
  };
  const watch = element('watch');
  const message = element('message');
  const poster = element<HTMLImageElement>('poster');
  const playButton = element<HTMLButtonElement>('play');
  const retryButton = element<HTMLButtonElement>('retry');
  const title = element('title');
  const countdown = element('countdown');
  const notice = element('notice');
  const live = element('live');

  retryButton.textContent = strings.tryAgain;
  poster.addEventListener('load', () => {
    poster.hidden = false;
  });

  function showVideo(state: Extract<ViewState, { granted: unknown }>, now: number): void {
    const { grant } = state.granted;
    document.title = strings.pageTitle(grant.title);
    title.textContent = grant.title;
    const ratio = /^(\d{1,5}):(\d{1,5})$/.exec(grant.aspectRatio ?? '');
    if (ratio !== null) element('stage').style.setProperty('--ratio', `${ratio[1]} / ${ratio[2]}`);
    if (state.name === 'ready') poster.src = grant.posterUrl;
    const isStarting = state.name === 'starting';
    playButton.hidden = state.name === 'playing';
    playButton.setAttribute('aria-disabled', String(isStarting));
    playButton.setAttribute('aria-label', isStarting ? strings.starting : strings.playNamed(grant.title));
    element('play-label').textContent = isStarting ? strings.starting : strings.play;
    const isStuck = state.name !== 'ready' && state.isStuck;
    notice.hidden = !isStuck;
    notice.textContent = strings.reconnecting;
    tick(state, now);
    if (isStuck) live.textContent = strings.reconnecting;
    else if (state.name === 'ready') live.textContent = strings.opened(grant.title);
    else if (isStarting) live.textContent = strings.starting;
    else live.textContent = '';
  }

  function showMessage(state: ViewState, now: number, isOnline: boolean): void {
    const words = messageOf(state, isOnline);
    document.title = `${words.title} – ${strings.brand}`;
    poster.hidden = true;
    poster.removeAttribute('src');
    const focusWasInside = watch.contains(document.activeElement);
    element('message-title').textContent = words.title;
    element('message-text').textContent = words.text;
    retryButton.hidden = !(state.name === 'player-trouble' || 'retryAt' in state) || state.name === 'rate-limited';
    tick(state, now);
    watch.hidden = true;
    message.hidden = false;
    // A heading that takes the focus is read out by itself; twice would be a nuisance.
    live.textContent = focusWasInside ? '' : `${words.title}. ${words.text} ${untilRetry(state, now)}`;
    if (focusWasInside) element('message-title').focus();
  }

  function tick(state: ViewState, now: number): void {
    if ('granted' in state) {
      const { grant, serverOffset } = state.granted;
      const until = new Date(grant.availableUntil);
      const left = remainingInWords(until.getTime() - (now + serverOffset));
      const length = grant.durationSeconds === null ? '' : clockLength(grant.durationSeconds);
      const facts = `${strings.availableUntil(momentInWords(until))}, ${left}.`;
      const line = element('until');
      if (line.dataset.text === length + facts) return;
      line.dataset.text = length + facts;
      line.replaceChildren(...(length === '' ? [] : [lengthOf(length, grant.durationSeconds ?? 0), ' · ']), facts);
    }
    countdown.hidden = !('retryAt' in state);
    countdown.textContent = untilRetry(state, now);
  }

  function lengthOf(shown: string, seconds: number): HTMLElement {
    const time = document.createElement('span');
    const heard = document.createElement('span');
    heard.className = 'heard-only';
    heard.textContent = strings.length(duration(seconds));
    const seen = document.createElement('span');
    seen.setAttribute('aria-hidden', 'true');
    seen.textContent = shown;
    time.append(heard, seen);
    return time;
  }

  return {
    playerHost: element('player'),
    playButton,
    retryButton,
    tick,
    say(sentence) {
      live.textContent = sentence;
    },
    show(state, now, isOnline) {
      document.body.dataset.state = state.name;
      if (state.name === 'opening') {
        live.textContent = strings.opening;
      } else if ('granted' in state) {
        message.hidden = true;
        watch.hidden = false;
        showVideo(state, now);
      } else {
        showMessage(state, now, isOnline);
      }
    },
  };
}

function untilRetry(state: ViewState, now: number): string {
  return 'retryAt' in state ? strings.trySoon(Math.max(0, Math.ceil((state.retryAt - now) / 1000))) : '';
}

type Message = { readonly title: string; readonly text: string };

function messageOf(state: ViewState, isOnline: boolean): Message {
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
    default:
      return strings.unavailable;
  }
}
