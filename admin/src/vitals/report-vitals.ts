import type { ReportVitalsBody, VitalName } from '@mm/api/contract';
import { onCLS, onINP, onLCP } from 'web-vitals';
import { buildOf } from '../release/release.ts';
import { Visits } from './routes.ts';

type AdminVital = Extract<ReportVitalsBody, { app: 'admin' }>['vitals'][number];
interface Measured {
  readonly name: VitalName;
  readonly value: number;
  readonly entries: readonly PerformanceEntry[];
}

/**
 * Tells the server how fast this page was, once, when it is first left (VW-08): three numbers, which page as a pattern, and which build. Nothing of
 * who looked at it goes along. What happened before this was loaded, the browser has kept.
 */
export function reportVitals(): void {
  const release = buildOf(document);
  if (release === undefined) return;
  const visits = new Visits(location.pathname);
  // Without it, all of the page's life is the page that it began with.
  globalThis.navigation?.addEventListener('currententrychange', () => {
    visits.add(performance.now(), location.pathname);
  });

  const measured = new Map<VitalName, Measured>();
  const keep = (metric: Measured) => void measured.set(metric.name, metric);
  // All changes, since what is there when the page is left is what counts.
  for (const measure of [onLCP, onINP, onCLS]) measure(keep, { reportAllChanges: true });

  const leave = () => {
    if (document.visibilityState !== 'hidden') return;
    document.removeEventListener('visibilitychange', leave);
    const vitals = [...measured.values()].flatMap(({ name, value, entries }) => {
      // The largest part belongs to the page that was loaded; the rest to the page on which it happened.
      const route = visits.routeAt(name === 'LCP' ? 0 : (entries[0]?.startTime ?? 0));
      return route === undefined ? [] : [{ name, value, route } as AdminVital];
    });
    if (vitals.length > 0) send({ app: 'admin', release, vitals });
  };
  document.addEventListener('visibilitychange', leave);
}

function send(body: ReportVitalsBody): void {
  // Nobody waits for it, and nobody is bothered when it fails.
  void fetch('/api/vitals', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    credentials: 'omit',
    keepalive: true,
  }).catch(() => undefined);
}
