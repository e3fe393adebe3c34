import fp from 'fastify-plugin';
import { KnownReleases, releaseIn } from '../../vitals/releases.ts';
import type { MeasuredApp } from '../../vitals/vital-names.ts';
import { type Vital, VitalsCounter } from '../../vitals/vitals-counter.ts';
import { VitalsTelemetry } from '../../vitals/vitals-telemetry.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** How fast the pages are for those who use them. */
    readonly vitals: {
      readonly report: (vital: Vital) => void;
      /** The release of this page of an app is told apart from others whatever comes. */
      readonly expect: (app: MeasuredApp, page: string) => void;
    };
  }
}

/** Core Web Vitals: as histograms of this process, and as counters in the database (OB-14). */
export const vitalsPlugin = fp(
  async (app) => {
    const telemetry = new VitalsTelemetry(app.telemetry.registry);
    const releases = new KnownReleases();
    const counter = new VitalsCounter(app.database, (error) =>
      app.log.warn({ err: error }, 'Core Web Vitals could not be counted in the database'),
    );
    app.addHook('onClose', () => counter.close());
    app.decorate('vitals', {
      report: (vital: Vital) => {
        const release = releases.nameOf(vital.app, vital.release);
        telemetry.observe(vital.name, vital.value, { app: vital.app, route: vital.route, release });
        counter.count({ ...vital, release });
      },
      expect: (name: MeasuredApp, page: string) => {
        const release = releaseIn(page);
        if (release !== undefined) {
          releases.expect(name, release);
        }
      },
    });
  },
  { name: 'vitals', dependencies: ['configuration', 'database', 'metrics'] },
);
