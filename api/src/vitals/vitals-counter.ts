import type { Database } from '../db/database.ts';
import { PeriodicSums } from '../db/periodic-sums.ts';
import { spanOf } from './spans.ts';
import type { MeasuredApp, MeasuredRoute, VitalName } from './vital-names.ts';

const statement = { name: 'count_web_vitals', text: 'select app.count_web_vitals($1)' };

export interface Vital {
  readonly app: MeasuredApp;
  readonly route: MeasuredRoute;
  readonly release: string;
  readonly name: VitalName;
  /** Milliseconds, of CLS a score. */
  readonly value: number;
}

/** Counts Core Web Vitals by page, release and span, and adds the sums to the counters of the database (OB-14). */
export class VitalsCounter {
  readonly #sums: PeriodicSums;

  constructor(database: Pick<Database, 'query'>, onError: (error: unknown) => void, pauseMs?: number) {
    this.#sums = new PeriodicSums({
      send: (sums) => {
        const counts = [...sums].map(([key, reports]) => {
          const [app, route, release, metric, end] = key.split(' ');
          return { app, route, release, metric, at_most: Number(end), reports };
        });
        return database.query(statement, [JSON.stringify(counts)]);
      },
      onError,
      pauseMs,
    });
  }

  count({ app, route, release, name, value }: Vital): void {
    this.#sums.add([app, route, release, name, spanOf(name, value)].join(' '));
  }

  /** Reports what is left. */
  close(): Promise<void> {
    return this.#sums.close();
  }
}
