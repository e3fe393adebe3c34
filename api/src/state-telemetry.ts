import { Gauge, type Registry } from '@prometheus-io/client';
import type { Database } from './db/database.ts';

const uploadStatement = {
  name: 'upload_telemetry',
  text: 'select state, waiting::int, oldest_seconds, of_day::int from app.upload_telemetry()',
};
const webhookStatement = {
  name: 'webhook_telemetry',
  text: 'select provider, state, events::int, oldest_seconds, overdue_seconds, failing::int from app.webhook_telemetry()',
};
const alertStatement = {
  name: 'alert_telemetry',
  text: 'select severity, state, alerts::int from app.alert_telemetry()',
};
const jobStatement = {
  name: 'job_telemetry',
  text: 'select job, is_overdue, extract(epoch from succeeded_at)::float8 as succeeded_at from app.job_telemetry()',
};

interface State {
  readonly uploads: readonly { state: string; waiting: number | null; oldest_seconds: number | null; of_day: number }[];
  readonly webhooks: readonly {
    provider: string;
    state: string;
    events: number;
    oldest_seconds: number;
    overdue_seconds: number;
    failing: number;
  }[];
  readonly alerts: readonly { severity: string; state: string; alerts: number }[];
  readonly jobs: readonly { job: string; is_overdue: boolean; succeeded_at: number | null }[];
}

async function readState(database: Pick<Database, 'query'>): Promise<State> {
  const [uploads, webhooks, alerts, jobs] = await Promise.all([
    database.query<State['uploads'][number]>(uploadStatement, []),
    database.query<State['webhooks'][number]>(webhookStatement, []),
    database.query<State['alerts'][number]>(alertStatement, []),
    database.query<State['jobs'][number]>(jobStatement, []),
  ]);
  return { uploads, webhooks, alerts, jobs };
}

/** Milliseconds for which what was read answers every scrape: scraping, by whoever and however often, costs the database little. */
const freshMs = 10_000;

/**
 * Shows whenever the metrics are read how uploads, webhook inbox and alerts stand in the database. The api shows it, not the worker, because a
 * worker that is down is one of the things it tells. While the database does not answer, the values are absent and
 * `mm_state_readable` is 0; the other metrics are answered as ever.
 */
export function observeState(registry: Registry, database: Pick<Database, 'query'>, maxAgeMs: number = freshMs): void {
  let readAt = Number.NEGATIVE_INFINITY;
  let reading = Promise.resolve(false);
  const readable = (): Promise<boolean> => {
    if (performance.now() - readAt > maxAgeMs) {
      readAt = performance.now();
      reading = refresh();
    }
    return reading;
  };
  // Each gauge waits for the same reading, because the registry asks all of them at once.
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]): Gauge<Label> =>
    new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      collect: async () => void (await readable()),
    });
  const uploads = gauge('mm_uploads', 'Uploads that are in an open state now.', ['state']);
  const uploadAge = gauge('mm_upload_oldest_seconds', 'For how long the oldest upload has been in its open state.', [
    'state',
  ]);
  const day = gauge('mm_uploads_of_day', 'Uploads asked for in the last 24 hours by the state they are in now.', [
    'state',
  ]);
  const inboxLabels = ['provider', 'state'] as const;
  const events = gauge(
    'mm_webhook_inbox_events',
    'Webhook events that are not done: received, dead (the dead-letter queue) or quarantined.',
    inboxLabels,
  );
  const eventAge = gauge('mm_webhook_inbox_oldest_seconds', 'Age of the oldest webhook event of a state.', inboxLabels);
  const overdueEvents = gauge(
    'mm_webhook_inbox_overdue_seconds',
    'For how long a webhook event has waited that could have been folded.',
    ['provider'],
  );
  const failing = gauge('mm_webhook_inbox_failing', 'Webhook events that failed more than 3 times.', inboxLabels);
  const alerts = gauge('mm_alerts_open', 'Open alerts by severity and state (firing, acknowledged).', [
    'severity',
    'state',
  ]);
  // Not `job`: that label is the scrape's own.
  const overdue = gauge('mm_job_overdue', 'Whether a scheduled job is overdue: 1 or 0.', ['name']);
  const succeeded = gauge('mm_job_last_success_timestamp_seconds', 'When the last success of a scheduled job began.', [
    'name',
  ]);
  const gauges = [uploads, uploadAge, day, events, eventAge, overdueEvents, failing, alerts, overdue, succeeded];

  const show = (state: State): void => {
    for (const row of state.uploads) {
      day.set({ state: row.state }, row.of_day);
      if (row.waiting !== null && row.oldest_seconds !== null) {
        uploads.set({ state: row.state }, row.waiting);
        uploadAge.set({ state: row.state }, row.oldest_seconds);
      }
    }
    for (const {
      provider,
      state: name,
      events: count,
      oldest_seconds,
      overdue_seconds,
      failing: often,
    } of state.webhooks) {
      if (name === 'received') {
        overdueEvents.set({ provider }, overdue_seconds);
      }
      events.set({ provider, state: name }, count);
      eventAge.set({ provider, state: name }, oldest_seconds);
      failing.set({ provider, state: name }, often);
    }
    for (const { severity, state: name, alerts: count } of state.alerts) {
      alerts.set({ severity, state: name }, count);
    }
    for (const { job: name, is_overdue, succeeded_at } of state.jobs) {
      overdue.set({ name }, is_overdue ? 1 : 0);
      if (succeeded_at !== null) {
        succeeded.set({ name }, succeeded_at);
      }
    }
  };

  async function refresh(): Promise<boolean> {
    try {
      show(await readState(database));
      return true;
    } catch {
      // An old number looks like a new one: better none. Why there is none is in the log of whatever else asked the database.
      for (const each of gauges) {
        each.reset();
      }
      return false;
    }
  }
  new Gauge({
    name: 'mm_state_readable',
    help: 'Whether the database answered how uploads, inbox and alerts stand: 1, or 0 and their values are absent.',
    registers: [registry],
    async collect() {
      this.set((await readable()) ? 1 : 0);
    },
  });
}
