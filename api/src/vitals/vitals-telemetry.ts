import { Histogram, type Registry } from '@prometheus-io/client';
import { otherReleases } from './releases.ts';
import { spanEnds } from './spans.ts';
import { type MeasuredApp, type MeasuredRoute, measuredApps, measuredRoutes, type VitalName } from './vital-names.ts';

const labelNames = ['app', 'route', 'release'] as const;
type Labels = Record<(typeof labelNames)[number], string>;

const seconds = (milliseconds: number): number => milliseconds / 1_000;
const same = (score: number): number => score;

/** Core Web Vitals as histograms, by app, route and release (OB-14). */
export class VitalsTelemetry {
  readonly #vitals: Record<VitalName, { histogram: Histogram<keyof Labels>; unit: (value: number) => number }>;

  constructor(registry: Registry) {
    const histogram = (name: VitalName, metric: string, help: string, unit: (value: number) => number) => ({
      unit,
      histogram: new Histogram({
        name: metric,
        help: `${help}, by app, route and release.`,
        labelNames,
        buckets: spanEnds[name].map(unit),
        registers: [registry],
      }),
    });
    this.#vitals = {
      LCP: histogram('LCP', 'mm_web_vitals_lcp_seconds', 'When the largest part of a page was painted', seconds),
      INP: histogram('INP', 'mm_web_vitals_inp_seconds', 'How long the slowest interaction with a page took', seconds),
      CLS: histogram('CLS', 'mm_web_vitals_cls_score', 'How much a page shifted under its reader', same),
    };
    // The alerts have something to ask for before anybody has reported. Every page and build from the start would be a thousand lines of nothing.
    for (const app of measuredApps) {
      for (const { histogram } of Object.values(this.#vitals)) {
        histogram.zero({ app, route: measuredRoutes[app][0], release: otherReleases });
      }
    }
  }

  /** @param value milliseconds, of CLS a score */
  observe(name: VitalName, value: number, labels: { app: MeasuredApp; route: MeasuredRoute; release: string }): void {
    const { histogram, unit } = this.#vitals[name];
    histogram.observe(labels, unit(value));
  }
}
