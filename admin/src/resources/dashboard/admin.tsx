import { Bars } from '../../components/chart/bars.tsx';
import { dayWords } from '../../components/chart/day-words.ts';
import { Panel } from '../../components/page.tsx';
import { locale, text } from '../../locales/index.ts';
import { Alerts } from './alerts.tsx';
import { adminRow } from './answers.ts';
import { Figures, Read } from './figures.tsx';
import { useDashboard } from './use-dashboard.ts';

/** What lives, what was revoked, and what is unusual. */
export function AdminDashboard() {
  const reading = useDashboard('admin_dashboard', adminRow);
  const { capped } = text.dashboard;
  const words = text.dashboard.admin;
  return (
    <Read reading={reading}>
      {(row) => {
        const revoked = row.revoked_days.reduce((sum, { links }) => sum + links, 0);
        return (
          <>
            <Figures
              label={text.dashboard.title}
              figures={[
                {
                  name: words.live,
                  value: capped(row.links_live),
                  note: words.ending(capped(row.links_ending)),
                  to: '/share-links?status=active,scheduled',
                },
                { name: words.revoked, value: capped(row.revoked_of_day), to: '/share-links?status=revoked' },
                {
                  name: words.alerts,
                  value: row.alerts_open.toLocaleString(locale),
                  tone: row.alerts_open > 0 ? 'bad' : 'good',
                },
                {
                  name: words.limits,
                  value: row.over_limit_of_day.toLocaleString(locale),
                  note: words.blocked(row.addresses_blocked),
                  to: '/rate-limits',
                },
                {
                  name: words.bound,
                  value:
                    row.bound_max_ms === null
                      ? text.dashboard.none
                      : words.boundOf((row.bound_max_ms / 1000).toLocaleString(locale, { maximumFractionDigits: 1 })),
                  note: row.bound_runs === 0 ? words.boundNone : words.boundLate(row.bound_late, row.bound_runs),
                  to: '/revocation-bound',
                  ...(row.bound_late > 0 ? { tone: 'bad' as const } : {}),
                },
                {
                  name: words.people,
                  value: row.people.toLocaleString(locale),
                  note: words.suspended(row.suspended),
                  to: '/people',
                },
              ]}
            />
            <div className="mm-columns">
              <Panel title={words.revokedTitle}>
                <Bars
                  summary={words.revokedSummary(revoked)}
                  table={text.dashboard.table}
                  caption={words.revokedTitle}
                  columns={[text.dashboard.day, words.links]}
                  bars={row.revoked_days.map(({ day, links }) => ({
                    key: day,
                    name: dayWords(day),
                    value: links,
                    title: `${dayWords(day)}: ${words.revokedOf(links)}`,
                    cells: [links.toLocaleString(locale)],
                  }))}
                />
              </Panel>
              <Alerts alerts={row.alerts} all={row.alerts_open} />
            </div>
          </>
        );
      }}
    </Read>
  );
}
