import { writeFacts } from './facts.ts';
import { clockLength } from './lib/availability.ts';
import type { ViewState } from './lib/view-state.ts';
import { messageOf, untilRetry } from './messages.ts';
import { showPoster } from './poster.ts';
import { strings } from './strings/page.ts';

/** The elements of index.html that the states fill. */
export interface Page {
  readonly playerHost: HTMLElement;
  readonly playButton: HTMLButtonElement;
  readonly retryButton: HTMLButtonElement;
  /** Plays from the start though there is a place to go back to. */
  readonly againButton: HTMLButtonElement;
  readonly privacyButton: HTMLButtonElement;
  readonly keysButton: HTMLButtonElement;
  /** Where a link's questions are put, while the state is `step`. */
  readonly stepHost: HTMLElement;
  readonly consentHost: HTMLElement;
  /** Where play would begin, in seconds; 0 is the start. */
  offerResume(seconds: number): void;
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

  const againButton = element<HTMLButtonElement>('again');
  const privacyButton = element<HTMLButtonElement>('privacy');
  const keysButton = element<HTMLButtonElement>('keys');
  const stepHost = element('step');
  let resumeAt = 0;

  retryButton.textContent = strings.tryAgain;
  againButton.textContent = strings.startAgain;
  privacyButton.textContent = strings.privacy;
  keysButton.textContent = strings.keys;

  function showVideo(state: Extract<ViewState, { granted: unknown }>): void {
    const { grant } = state.granted;
    document.title = strings.pageTitle(grant.title);
    title.textContent = grant.title;
    if (state.name === 'ready') showPoster(grant);
    const isStarting = state.name === 'starting';
    playButton.hidden = state.name === 'playing';
    playButton.setAttribute('aria-disabled', String(isStarting));
    const isResuming = resumeAt > 0 && state.name === 'ready';
    againButton.hidden = !isResuming;
    const name = isResuming ? strings.resumeNamed(grant.title, clockLength(resumeAt)) : strings.playNamed(grant.title);
    const label = isResuming ? strings.resumeAt(clockLength(resumeAt)) : strings.play;
    playButton.setAttribute('aria-label', isStarting ? strings.starting : name);
    element('play-label').textContent = isStarting ? strings.starting : label;
    keysButton.hidden = state.name !== 'playing' || matchMedia('(hover: none)').matches;
    const isStuck = state.name !== 'ready' && state.isStuck;
    notice.hidden = !isStuck;
    notice.textContent = strings.reconnecting;
    afterPoster(() => tick(state, Date.now()));
    if (isStuck) live.textContent = strings.reconnecting;
    else if (state.name === 'ready') live.textContent = strings.opened(grant.title);
    else if (isStarting) live.textContent = strings.starting;
    else live.textContent = '';
  }

  /** The facts need the words of the calendar, which cost a slow telephone more than the rest of the page: the picture goes first. */
  function afterPoster(write: () => void): void {
    if (poster.complete) {
      write();
      return;
    }
    const later = () => requestAnimationFrame(() => setTimeout(write));
    for (const end of ['load', 'error']) poster.addEventListener(end, later, { once: true });
  }

  function showMessage(state: ViewState, now: number, isOnline: boolean): void {
    const words = messageOf(state, isOnline);
    document.title = `${words.title} – ${strings.brand}`;
    clearPoster();
    const focusWasInside = watch.contains(document.activeElement);
    element('message-title').textContent = words.title;
    element('message-text').textContent = words.text;
    retryButton.textContent = state.name === 'framed' ? strings.openAlone : strings.tryAgain;
    retryButton.hidden = !['player-trouble', 'framed'].includes(state.name) && !('retryAt' in state);
    retryButton.hidden ||= state.name === 'rate-limited';
    tick(state, now);
    watch.hidden = true;
    message.hidden = false;
    // A heading that takes the focus is read out by itself; twice would be a nuisance.
    live.textContent = focusWasInside ? '' : `${words.title}. ${words.text} ${untilRetry(state, now)}`;
    if (focusWasInside) element('message-title').focus();
  }

  /** The questions themselves are put by `steps/`, which fills the host. */
  function showStep(): void {
    document.title = `${strings.step.title} – ${strings.brand}`;
    clearPoster();
    watch.hidden = true;
    message.hidden = true;
    live.textContent = `${strings.step.title}. ${strings.step.text}`;
  }

  function clearPoster(): void {
    keysButton.hidden = true;
    poster.hidden = true;
    poster.removeAttribute('src');
  }

  function tick(state: ViewState, now: number): void {
    if ('granted' in state) writeFacts(element('until'), state.granted, now);
    countdown.hidden = !('retryAt' in state);
    countdown.textContent = untilRetry(state, now);
  }

  return {
    playerHost: element('player'),
    playButton,
    retryButton,
    againButton,
    privacyButton,
    keysButton,
    stepHost,
    consentHost: element('consent'),
    offerResume(seconds) {
      resumeAt = seconds;
    },
    tick,
    say(sentence) {
      live.textContent = sentence;
    },
    show(state, now, isOnline) {
      document.body.dataset.state = state.name;
      stepHost.hidden = state.name !== 'step';
      privacyButton.hidden = !('granted' in state);
      if (state.name === 'opening') {
        live.textContent = strings.opening;
      } else if ('granted' in state) {
        message.hidden = true;
        watch.hidden = false;
        showVideo(state);
      } else if (state.name === 'step') {
        showStep();
      } else {
        showMessage(state, now, isOnline);
      }
    },
  };
}
