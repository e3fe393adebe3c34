import { Renewal } from './lib/renewal.ts';
import { openShare, type ShareOutcome } from './lib/share-client.ts';
import { readShareLink, type ShareLink } from './lib/share-link.ts';
import { strings } from './lib/strings.ts';
import { nextView, type ViewEvent, type ViewState } from './lib/view-state.ts';
import { bindPage } from './page.ts';
import type { MountedPlayer, PlaybackFailure } from './player/mount.tsx';

/**
 * The page before the player: opens the link, shows poster, title and expiry, and fetches the player only when somebody
 * means to play (VW-01, VW-08). The secret stays in the address bar, so that the link can be copied and reloaded.
 */
const page = bindPage(document);
const now = () => Date.now();
let state: ViewState = { name: 'opening' };
let retryTimer = 0;
let opening: Promise<void> | null = null;

/** What a press on play started; null while nothing plays. */
let session: { readonly renewal: Renewal; player: MountedPlayer | null; startedAt: number } | null = null;
/** Where to go on by itself after trouble with the stream, in seconds. */
let resumeAt: number | null = null;
/** How often the stream has failed in a row. */
let tries = 0;
let isRenewalStuck = false;
let starvedSeconds = 0;

function dispatch(event: ViewEvent): void {
  const before = state;
  state = nextView(before, event);
  if (state === before) return;
  // First the page, while the player still has the focus that a message is to take over.
  page.show(state, now(), navigator.onLine);
  if (state.name !== 'starting' && state.name !== 'playing') endSession();
  clearTimeout(retryTimer);
  if ('retryAt' in state) retryTimer = window.setTimeout(retry, Math.max(0, state.retryAt - now()));
  if (state.name === 'ready' && resumeAt !== null) void play();
}

/** The viewer session: a limit of views counts what this page opens, renews and tries again as one view. */
let sessionId: string | undefined;

async function ask(link: ShareLink, signal?: AbortSignal): Promise<ShareOutcome> {
  const outcome = await openShare(link, { fetch: window.fetch.bind(window), now }, signal, sessionId);
  if (outcome.kind === 'granted') sessionId = outcome.grant.sessionId;
  return outcome;
}

function open(link: ShareLink): Promise<void> {
  opening ??= ask(link)
    .then((outcome) => dispatch({ type: 'answered', outcome, now: now() }))
    .finally(() => {
      opening = null;
      page.retryButton.setAttribute('aria-busy', 'false');
    });
  return opening;
}

function retry(): void {
  if (state.name === 'player-trouble') {
    location.reload();
    return;
  }
  if (state.name === 'stream-trouble') {
    resumeAt = state.position;
    tries = state.tries + 1;
  }
  page.retryButton.setAttribute('aria-busy', 'true');
  if (link !== null) void open(link);
}

let playerModule: Promise<typeof import('./player/mount.tsx')> | null = null;

/** Fetches the player once; a failed fetch may be tried again. */
function loadPlayer(): Promise<typeof import('./player/mount.tsx')> {
  playerModule ??= import('./player/mount.tsx').catch((fault: unknown) => {
    playerModule = null;
    throw fault;
  });
  return playerModule;
}

async function play(): Promise<void> {
  if (state.name !== 'ready' || link === null) return;
  const { granted } = state;
  const renewal = new Renewal(
    granted,
    {
      request: (signal) => ask(link, signal),
      now,
      setTimer: (run, delayMs) => window.setTimeout(run, delayMs),
      clearTimer: (timer) => window.clearTimeout(timer as number),
      isWatched: () => document.visibilityState === 'visible' || (session?.player?.isPlaying() ?? true),
    },
    {
      renewed: (grant) => session?.player?.renewed(grant),
      ended: (outcome) => dispatch({ type: 'answered', outcome, now: now() }),
      stuck: (isStuck) => {
        isRenewalStuck = isStuck;
        tellIfStuck();
      },
    },
  );
  session = { renewal, player: null, startedAt: now() };
  dispatch({ type: 'play-wanted' });
  await mount(resumeAt ?? 0);
}

/** Puts the player in as soon as both its script and a live token are there. */
async function mount(position: number): Promise<void> {
  const mine = session;
  if (mine === null) return;
  const [loaded] = await Promise.allSettled([loadPlayer(), mine.renewal.usableToken()]);
  if (session !== mine || mine.renewal.isOver) return;
  if (loaded.status === 'rejected') return dispatch({ type: 'player-failed' });
  mine.startedAt = now();
  mine.player = loaded.value.mountPlayer(page.playerHost, {
    renewal: mine.renewal,
    position,
    onShown: ({ isBlocked }) => {
      resumeAt = null;
      dispatch({ type: 'player-shown' });
      mine.player?.focus();
      if (isBlocked) page.say(strings.pressPlay);
    },
    onResumed: () => mine.renewal.wake(),
    onFailed: (failure) => void playerFailed(failure),
    onCrashed: () => dispatch({ type: 'player-failed' }),
  });
}

/** A refused stream gets a fresh token and one more try at once; anything else, or a second time, is said and tried later. */
async function playerFailed({ status, position }: PlaybackFailure): Promise<void> {
  const mine = session;
  if (mine === null) return;
  if (now() - mine.startedAt > 60_000) tries = 0;
  const isRefused = status === 401 || status === 403;
  mine.player?.unmount();
  mine.player = null;
  if (isRefused && tries === 0) {
    tries = 1;
    dispatch({ type: 'restarting' });
    await mine.renewal.renew();
    return mount(position);
  }
  dispatch({ type: 'stream-failed', position, tries, now: now() });
}

function endSession(): void {
  session?.renewal.stop();
  session?.player?.unmount();
  session = null;
  isRenewalStuck = false;
}

/** One sentence over the video for everything that keeps it from going on: no token, no network, or nothing left to show. */
function tellIfStuck(): void {
  dispatch({ type: 'stuck', isStuck: isRenewalStuck || !navigator.onLine || starvedSeconds >= 4 });
}

function wake(): void {
  if (document.visibilityState === 'visible') session?.renewal.wake();
}

function online(): void {
  if (state.name === 'unreachable' || state.name === 'stream-trouble') retry();
  else wake();
  tellIfStuck();
}

/** Each second: counting texts, a video that starves, a link whose time is up while its poster is shown. */
function everySecond(): void {
  page.tick(state, now());
  starvedSeconds = session?.player?.isStarved() ? starvedSeconds + 1 : 0;
  tellIfStuck();
  if (state.name !== 'ready' || link === null || opening !== null) return;
  const { grant, serverOffset } = state.granted;
  if (now() + serverOffset >= Date.parse(grant.availableUntil)) void open(link);
}

const link = readShareLink(location);
for (const intent of ['pointerenter', 'pointerdown', 'focus'] as const) {
  page.playButton.addEventListener(intent, () => void loadPlayer().catch(() => undefined), { passive: true });
}
page.playButton.addEventListener('click', () => void play());
page.retryButton.addEventListener('click', retry);
document.addEventListener('visibilitychange', wake);
window.addEventListener('pageshow', wake);
window.addEventListener('online', online);
window.addEventListener('offline', () => {
  if (state.name === 'unreachable' || state.name === 'stream-trouble') page.show(state, now(), false);
  tellIfStuck();
});
// Another link pasted over this one changes the fragment only, which loads nothing by itself.
window.addEventListener('hashchange', () => location.reload());
window.setInterval(everySecond, 1_000);

if (link === null) {
  state = { name: 'link-incomplete' };
  page.show(state, now(), true);
} else {
  page.show(state, now(), navigator.onLine);
  void open(link);
}
