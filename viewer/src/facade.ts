import { keepingIn } from './lib/keeping.ts';
import { whereLeftOff } from './lib/resume.ts';
import { nextView, type ViewEvent, type ViewState } from './lib/view-state.ts';
import { bindPage } from './page.ts';
import { strings } from './strings/page.ts';
import { loadPlayer, Watching } from './watching.ts';

/**
 * The page before the player: opens the link, shows poster, title and expiry, and fetches the rest when it is needed: the
 * player when somebody means to play, the questions of a link when it asks some, what reports when a picture is there
 * (VW-01, VW-08). The secret stays in the address bar, so that the link can be copied and reloaded.
 */
const page = bindPage(document);
const now = () => Date.now();
const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
/** What the page itself has begun; nothing where something kept its script from running, which only a reload can mend. */
const begun = window.shareBegun;
const { link = null, opening = null } = begun ?? {};
const keeping = keepingIn('localStorage');
let first = begun?.first;
let state: ViewState = { name: 'opening' };
let retryTimer = 0;
let asking: Promise<void> | null = null;
let watching: Watching | null = null;
/** Where to go on by itself, in seconds, after trouble with the stream or a question in the middle. */
let goOnAt: { readonly position: number; readonly tries: number } | null = null;
let offered = 0;
let starvedSeconds = 0;

document.documentElement.toggleAttribute('data-framed', window.parent !== window);

function dispatch(event: ViewEvent): void {
  const before = state;
  state = nextView(before, event);
  if (state === before) return;
  if (state.name === 'ready' && link !== null) {
    const { durationSeconds } = state.granted.grant;
    offered = whereLeftOff(keeping, link.publicId, { durationSeconds, now: now() });
    page.offerResume(offered);
  }
  // First the page, while the player still has the focus that a message is to take over.
  page.show(state, now(), navigator.onLine);
  if (state.name !== 'starting' && state.name !== 'playing') {
    watching?.stop();
    watching = null;
  }
  clearTimeout(retryTimer);
  if ('retryAt' in state) retryTimer = window.setTimeout(retry, Math.max(0, state.retryAt - now()));
  if (state.name === 'step') void ask(state.step, state.position);
  if (state.name === 'ready' && goOnAt !== null) play(goOnAt);
}

function open(): Promise<void> {
  if (opening === null) return Promise.resolve();
  asking ??= (first ?? opening.ask())
    .then((outcome) => dispatch({ type: 'answered', outcome, now: now() }))
    .finally(() => {
      first = undefined;
      asking = null;
      page.retryButton.setAttribute('aria-busy', 'false');
    });
  return asking;
}

function retry(): void {
  if (state.name === 'player-trouble') {
    location.reload();
  } else if (state.name === 'framed') {
    window.open(location.href, '_blank', 'noopener');
  } else {
    if (state.name === 'stream-trouble') goOnAt = { position: state.position, tries: state.tries + 1 };
    page.retryButton.setAttribute('aria-busy', 'true');
    void open();
  }
}

/** Puts the question of a link; its answer opens the link again. */
async function ask(step: Extract<ViewState, { name: 'step' }>['step'], position: number | null): Promise<void> {
  if (opening === null || link === null) return;
  if (position !== null) goOnAt = { position, tries: 0 };
  try {
    const { showStep } = await import('./steps/show-step.ts');
    if (state.name === 'step') showStep(page.stepHost, step, { link, opening, open, dispatch });
  } catch {
    dispatch({ type: 'answered', outcome: { kind: 'unreachable', waitMs: null }, now: now() });
  }
}

function play(from: { readonly position: number; readonly tries: number }): void {
  if (state.name !== 'ready' || opening === null) return;
  watching = new Watching(state.granted, from, {
    host: page.playerHost,
    request: (signal) => opening.ask(signal),
    dispatch,
    onShown(player, isBlocked) {
      goOnAt = null;
      dispatch({ type: 'player-shown' });
      player.focus();
      // What is said last is what is heard, and that the video stands still matters more than the question below it.
      void report().then(() => {
        if (isBlocked) page.say(strings.pressPlay);
      });
    },
    onStuck: tellIfStuck,
  });
  dispatch({ type: 'play-wanted' });
  void watching.start();
}

/** What counts views, keeps the place and asks for consent is fetched only when there is a picture. */
async function report(): Promise<void> {
  const mine = watching;
  const module = await import('./report/reporting.ts').catch(() => null);
  if (module === null || mine === null || mine !== watching || link === null || opening === null) return;
  module.reportOn({ link, opening, watching: mine, page, keeping });
}

/** One sentence over the video for everything that keeps it from going on: no token, no network, or nothing left to show. */
function tellIfStuck(): void {
  const isStuck = watching !== null && (watching.isRenewalStuck || !navigator.onLine || starvedSeconds >= 4);
  dispatch({ type: 'stuck', isStuck });
}

function wake(): void {
  if (document.visibilityState === 'visible') watching?.renewal.wake();
}

/** A second after the page began: its icon, and a word to who listens if the link is still being asked for. */
function settle(element: HTMLLinkElement): void {
  element.href = element.dataset.later ?? '';
  delete element.dataset.later;
  if (state.name === 'opening') page.show(state, now(), navigator.onLine);
}

/** Each second: what could wait for the poster, counting texts, a video that starves, a link whose time is up while its poster is shown. */
function everySecond(): void {
  if (icon?.dataset.later !== undefined) settle(icon);
  page.tick(state, now());
  starvedSeconds = watching?.isStarved() ? starvedSeconds + 1 : 0;
  tellIfStuck();
  if (state.name !== 'ready' || asking !== null) return;
  const { grant, serverOffset } = state.granted;
  if (now() + serverOffset >= Date.parse(grant.availableUntil)) void open();
}

for (const intent of ['pointerenter', 'pointerdown', 'focus'] as const) {
  page.playButton.addEventListener(intent, () => void loadPlayer().catch(() => undefined), { passive: true });
}
page.playButton.addEventListener('click', () => play({ position: offered, tries: 0 }));
page.againButton.addEventListener('click', () => play({ position: 0, tries: 0 }));
page.retryButton.addEventListener('click', retry);
page.privacyButton.addEventListener('click', () => {
  void import('./report/consent-card.ts').then(({ showConsent }) => showConsent(page.consentHost, keeping));
});
const help = () => void import('./help/keyboard.ts').then(({ showKeyboardHelp }) => showKeyboardHelp());
page.keysButton.addEventListener('click', help);
document.addEventListener('keydown', ({ key }) => {
  if (key === '?' && state.name === 'playing') help();
});
document.addEventListener('visibilitychange', wake);
window.addEventListener('pageshow', wake);
window.addEventListener('online', () => {
  if (state.name === 'unreachable' || state.name === 'stream-trouble') retry();
  else wake();
  tellIfStuck();
});
window.addEventListener('offline', () => {
  if (state.name === 'unreachable' || state.name === 'stream-trouble') page.show(state, now(), false);
  tellIfStuck();
});
// Another link pasted over this one changes the fragment only, which loads nothing by itself.
window.addEventListener('hashchange', () => location.reload());
window.setInterval(everySecond, 1_000);

if (link === null) state = { name: begun === undefined ? 'player-trouble' : 'link-incomplete' };
// The page stands as it is while the link is being asked for: whatever is written into it now delays the poster.
if (state.name !== 'opening') page.show(state, now(), navigator.onLine);
void open();
