import type { Keeping } from '../lib/keeping.ts';
import { keepPlace } from '../lib/resume.ts';
import type { ShareLink } from '../lib/share-link.ts';
import type { Opening } from '../opening.ts';
import type { Page } from '../page.ts';
import { strings } from '../strings/watching.ts';
import type { Watching } from '../watching.ts';
import { measureChoice, refusesByItself } from './consent.ts';
import { showConsent } from './consent-card.ts';
import { recordChoiceOf } from './consent-record.ts';
import { ReportQueue } from './report-queue.ts';
import { Reporter } from './reporter.ts';
import { WatchMeter } from './watch-meter.ts';

export interface ReportingParts {
  readonly link: ShareLink;
  readonly opening: Opening;
  readonly watching: Watching;
  readonly page: Page;
  readonly keeping: Keeping;
}

const now = () => Date.now();
/** The reporter of this page: numbers of reports go on when the player is put in anew. */
let running: { readonly reporter: Reporter; watching: Watching } | null = null;

/**
 * From the first picture on: claims the view, which needs no consent; keeps the place in this browser; asks for consent once;
 * and reports what was watched if it was given. To be called again when another player shows its first picture.
 */
export function reportOn(parts: ReportingParts): void {
  const media = parts.watching.media;
  if (media === null) return;
  if (running === null) running = begin(parts);
  running.watching = parts.watching;
  const { reporter } = running;
  reporter.follow(media, new WatchMeter(media, now));
  parts.watching.onFailure = ({ status }) => reporter.failed(status === null ? 'media' : `http-${status}`);
}

function begin({ link, opening, watching, page, keeping }: ReportingParts) {
  const hasConsent = () => measureChoice(keeping, now()) === true;
  const queue = new ReportQueue({
    publicId: link.publicId,
    sessionId: opening.sessionId ?? '',
    fetch: window.fetch.bind(window),
    beacon: (url, body) => navigator.sendBeacon(url, body),
    now,
    hasConsent,
    // The decision is the server's, made anew: it refuses the next grant, and the page says so.
    onStop: () => void begun.watching.renewal.renew(),
  });
  const reporter = new Reporter({ queue, now, hasConsent });
  const begun = { reporter, watching };

  const keep = () => {
    const { media, position } = begun.watching;
    if (media !== null) keepPlace(keeping, link.publicId, { seconds: media.ended ? 0 : position, now: now() });
  };
  let isMeasured = false;
  window.setInterval(() => {
    reporter.tick();
    if (!isMeasured && hasConsent()) {
      isMeasured = true;
      void import('./vitals.ts').then(({ reportVitals }) => reportVitals(hasConsent)).catch(() => undefined);
    }
    keep();
  }, 1_000);
  const leave = () => {
    keep();
    reporter.leave();
  };
  window.addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') leave();
  });
  void recordChoiceOf(keeping);
  const isFramed = window.parent !== window;
  if (measureChoice(keeping, now()) === null && !refusesByItself(navigator) && !isFramed) {
    showConsent(page.consentHost, keeping);
    page.say(strings.consent.announced);
  }
  return begun;
}
