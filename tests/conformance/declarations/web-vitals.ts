import { object } from '../declare.ts';
import type { Arrangement } from '../world.ts';

/** How fast the pages are: counters of nobody in particular. */
export const webVitalsTables = [
  object('app.web_vitals', {
    key: 'route',
    columns: { shown: 'day app route release metric at_most reports last_at' },
    select: { shown: { operator: 'all', admin: 'all' } },
  }),
];

export const webVitalsArrangements: Record<string, Arrangement> = {
  'app.web_vitals': {
    nobody: `insert into app.web_vitals (day, app, route, release, metric, at_most, reports, last_at)
             values (current_date, 'admin', '/arranged', 'arranged', 'LCP', 2500, 3, now()) returning route as key`,
  },
};
