import { Page } from '../../components/page.tsx';
import { useAccount } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import type { Role } from '../../providers/auth/index.ts';
import { AdminDashboard } from './admin.tsx';
import { AuditorDashboard } from './auditor.tsx';
import { CoachDashboard } from './coach.tsx';
import { ComplianceDashboard } from './compliance.tsx';
import { OperatorDashboard } from './operator.tsx';

const dashboards: Readonly<Record<Role, () => React.ReactNode>> = {
  coach: CoachDashboard,
  admin: AdminDashboard,
  operator: OperatorDashboard,
  auditor: AuditorDashboard,
  compliance: ComplianceDashboard,
};

/** Where everybody begins: what their role has to know today. */
export default function DashboardPage() {
  const { role } = useAccount();
  const Dashboard = dashboards[role];
  return (
    <Page title={text.dashboard.title} lead={text.dashboard.leads[role]}>
      <Dashboard />
    </Page>
  );
}
