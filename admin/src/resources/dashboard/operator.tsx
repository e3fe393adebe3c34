import { Bars } from '../../components/chart/bars.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/page.tsx';
import { locale, text } from '../../locales/index.ts';
import { ownZone } from '../../time/zone.ts';
import { Alerts } from './alerts.tsx';
import { operatorRow } from './answers.ts';
import { Figures, Read } from './figures.tsx';
import { budgetSpent, percentOfSuccess, percentSpent, successOf } from './ratios.ts';
import { useDashboard } from './use-dashboard.ts';
import { Vitals } from './vitals.tsx';

const hourFormat = () => new Intl.DateTimeFormat(locale, { timeZone: ownZone(), weekday: 'short', hour: 'numeric' });
const bad = (isBad: boolean) => (isBad ? { tone: 'bad' as const } : {});
const oldest = (at: string | null) =>
  at ? (
    <>
      {text.dashboard.operator.oldest}: <Moment at={at} inline />
    </>
  ) : undefined;

/** What needs an operator, and how everything that runs by itself is. */
export function OperatorDashboard() {
  const reading = useDashboard('operator_dashboard', operatorRow, { byDays: false });
  const words = text.dashboard.operator;
  const number = (many: number) => many.toLocaleString(locale);
  return (
    <Read reading={reading}>
      {(row) => {
        const success = successOf(row.folded_of_day, row.dead_of_day);
        const spent = budgetSpent(row.folded_of_day, row.dead_of_day);
        return (
          <>
            <Figures
              label={text.dashboard.title}
              figures={[
                {
                  name: words.success,
                  value: success === null ? text.dashboard.none : percentOfSuccess(success),
                  note: success === null ? words.successNone : words.successOf(row.folded_of_day, row.dead_of_day),
                  to: '/webhook-events',
                  ...bad(spent !== null && spent >= 1),
                },
                {
                  name: words.budget,
                  value: spent === null ? text.dashboard.none : percentSpent(spent),
                  note: words.budgetOf,
                  ...bad(spent !== null && spent >= 1),
                },
                {
                  name: text.dashboard.admin.alerts,
                  value: number(row.alerts_open),
                  tone: row.alerts_open > 0 ? 'bad' : 'good',
                },
                {
                  name: words.dead,
                  value: number(row.events_dead),
                  note: words.quarantined(row.events_quarantined),
                  to: '/webhook-events?state=dead',
                  ...bad(row.events_dead > 0),
                },
                {
                  name: words.waiting,
                  value: number(row.events_waiting),
                  note: oldest(row.events_waiting_since),
                  to: '/webhook-events?state=received',
                },
                {
                  name: words.queue,
                  value: number(row.queue_waiting),
                  note: oldest(row.queue_waiting_since) ?? words.queueFailed(row.queue_failed),
                  to: '/jobs',
                },
                {
                  name: words.overdue,
                  value: number(row.jobs_overdue),
                  note: words.runsFailed(row.runs_failed_of_day),
                  to: '/jobs?outcome=failed,abandoned',
                  ...bad(row.jobs_overdue > 0),
                },
                {
                  name: words.uploads,
                  value: number(row.uploads_open),
                  note: oldest(row.uploads_open_since),
                  to: '/uploads?state=requested,uploading,processing',
                },
              ]}
            />
            <div className="mm-columns">
              <Panel title={words.hoursTitle}>
                <Bars
                  summary={words.hoursSummary(row.events_of_day, row.dead_of_day)}
                  table={text.dashboard.table}
                  caption={words.hoursTitle}
                  columns={[words.hour, words.events, words.failedEvents]}
                  bars={row.hours.map(({ hour, events, dead }) => {
                    const name = hourFormat().format(new Date(hour));
                    return {
                      key: hour,
                      name,
                      value: events,
                      part: dead,
                      title: `${name}: ${words.hourOf(events, dead)}`,
                      cells: [number(events), number(dead)],
                    };
                  })}
                />
              </Panel>
              <Alerts alerts={row.alerts} all={row.alerts_open} />
            </div>
            <div className="mm-stack mm-below">
              <Vitals />
            </div>
          </>
        );
      }}
    </Read>
  );
}
