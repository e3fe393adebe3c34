import type { ReportVitalsBody, VitalName } from '@mm/api/contract';
import { onCLS, onINP, onLCP } from 'web-vitals';

type ViewerReport = Extract<ReportVitalsBody, { app: 'viewer' }>;

/** The build that the page is of, by the hash in the name of its script; undefined while developing. */
export function buildOf(page: Document): string | undefined {
  const script = page.querySelector('script[type="module"][src]')?.getAttribute('src') ?? '';
  return /\/index-([\w-]{8,40})\.js$/.exec(script)?.[1];
}

/**
 * Tells the server how fast the page was, once, when it is first left (VW-08), and only of who agrees to be measured at that moment: three
 * numbers, whether the page is in a frame, and which build. Neither the link nor the viewer goes along. What happened before this was loaded,
 * the browser has kept.
 */
export function reportVitals(hasConsent: () => boolean): void {
  const release = buildOf(document);
  if (release === undefined) return;
  const route = window.parent === window ? '/s/:publicId' : '/s/:publicId?embed';
  const measured = new Map<VitalName, number>();
  const keep = ({ name, value }: { name: VitalName; value: number }) => void measured.set(name, value);
  for (const measure of [onLCP, onINP, onCLS]) measure(keep, { reportAllChanges: true });
  const leave = () => {
    if (document.visibilityState !== 'hidden') return;
    document.removeEventListener('visibilitychange', leave);
    const vitals = [...measured].map(([name, value]) => ({ name, value, route }) as const);
    if (vitals.length > 0 && hasConsent()) send({ app: 'viewer', release, vitals });
  };
  document.addEventListener('visibilitychange', leave);
}

function send(body: ViewerReport): void {
  void fetch('/api/vitals', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    keepalive: true,
  }).catch(() => undefined);
}
