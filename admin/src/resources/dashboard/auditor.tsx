import { Bars } from '../../components/chart/bars.tsx';
import { dayWords } from '../../components/chart/day-words.ts';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/page.tsx';
import { locale, text } from '../../locales/index.ts';
import { auditorRow } from './answers.ts';
import { Figures, Read } from './figures.tsx';
import { useDashboard } from './use-dashboard.ts';

/** Longer than this nothing waits for its seal while the worker runs. */
const sealedWithinMs = 60_000;

/** How far the audit log is sealed and signed, how it grew, and where power was used. */
export function AuditorDashboard() {
  const reading = useDashboard('auditor_dashboard', auditorRow);
  const words = text.dashboard.auditor;
  return (
    <Read reading={reading}>
      {(row) => {
        const grown = row.days.reduce((sum, { entries }) => sum + entries, 0);
        const isLate = row.unsealed_since !== null && Date.now() - Date.parse(row.unsealed_since) > sealedWithinMs;
        const act = (name: string, many: number, action: string) => ({
          name,
          value: text.dashboard.capped(many),
          to: `/audit-log?action=${action}`,
        });
        return (
          <>
            <Figures
              label={text.audit.state.label}
              figures={[
                {
                  name: words.sealed,
                  value: <Moment at={row.sealed_at} absent={text.dashboard.none} seconds />,
                  note: row.batch_no === null ? words.neverSealed : words.batch(row.batch_no),
                  to: '/audit-log',
                },
                {
                  name: words.unsealed,
                  value: text.dashboard.capped(row.unsealed),
                  note: row.unsealed_since ? <Moment at={row.unsealed_since} inline seconds /> : words.unsealedNone,
                  ...(isLate ? { tone: 'bad' as const } : {}),
                },
                {
                  name: words.signed,
                  value: <Moment at={row.checkpoint_signed_at} absent={text.dashboard.none} seconds />,
                  note:
                    row.checkpoint_entries === null || row.checkpoint_size === null
                      ? words.neverSigned
                      : words.covers(row.checkpoint_entries, row.checkpoint_size),
                },
              ]}
            />
            <Panel title={words.grownTitle}>
              <Bars
                summary={words.grownSummary(grown)}
                table={text.dashboard.table}
                caption={words.grownTitle}
                columns={[text.dashboard.day, words.entries]}
                bars={row.days.map(({ day, entries }) => ({
                  key: day,
                  name: dayWords(day),
                  value: entries,
                  title: `${dayWords(day)}: ${words.entriesOf(entries)}`,
                  cells: [entries.toLocaleString(locale)],
                }))}
              />
            </Panel>
            <h2>{words.power}</h2>
            <Figures
              label={words.power}
              figures={[
                act(words.exported, row.exported, 'audit_log.exported'),
                act(words.disclosed, row.disclosed, 'audit_entry.disclosed'),
                act(words.roles, row.roles_changed, 'profile.role_changed'),
                act(words.suspended, row.suspended, 'profile.suspended'),
              ]}
            />
          </>
        );
      }}
    </Read>
  );
}
