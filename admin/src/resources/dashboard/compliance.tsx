import { Moment } from '../../components/moment.tsx';
import { locale, text } from '../../locales/index.ts';
import { complianceRow } from './answers.ts';
import { AuditorDashboard } from './auditor.tsx';
import { Figures, Read } from './figures.tsx';
import { useDashboard } from './use-dashboard.ts';

/** Requests to erase and legal holds, then the state of the audit log. */
export function ComplianceDashboard() {
  const reading = useDashboard('compliance_dashboard', complianceRow, { byDays: false });
  const words = text.dashboard.compliance;
  const number = (many: number) => many.toLocaleString(locale);
  return (
    <div className="mm-stack">
      <Read reading={reading}>
        {(row) => (
          <Figures
            label={text.dashboard.title}
            figures={[
              {
                name: words.requested,
                value: number(row.erasures_requested),
                note: row.next_due_at ? (
                  <>
                    {words.nextDue} <Moment at={row.next_due_at} inline />
                  </>
                ) : (
                  words.nothingDue
                ),
                to: '/erasures?state=requested',
                ...(row.erasures_requested > 0 ? { tone: 'warn' as const } : {}),
              },
              { name: words.running, value: number(row.erasures_running), to: '/erasures' },
              {
                name: words.overdue,
                value: number(row.erasures_overdue),
                to: '/erasures',
                ...(row.erasures_overdue > 0 ? { tone: 'bad' as const } : {}),
              },
              { name: words.completed, value: number(row.erasures_completed), to: '/erasures?state=completed' },
              { name: words.holds, value: number(row.holds_standing), to: '/audit-log?type=legal_hold' },
            ]}
          />
        )}
      </Read>
      <AuditorDashboard />
    </div>
  );
}
