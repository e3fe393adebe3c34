import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  PauseCircleOutlined,
  SyncOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import type { ReconciliationRunRow } from '../rows.ts';

const looks = {
  matched: ['good', <CheckCircleOutlined key="i" />],
  repaired: ['good', <CheckCircleOutlined key="i" />],
  open: ['warn', <WarningOutlined key="i" />],
  halted: ['bad', <PauseCircleOutlined key="i" />],
  failed: ['bad', <CloseCircleOutlined key="i" />],
} as const;

/** A run without an outcome is under way. */
export function ReconciliationOutcomeTag({ outcome }: Pick<ReconciliationRunRow, 'outcome'>) {
  const [tone, icon] = outcome ? looks[outcome] : (['busy', <SyncOutlined key="i" />] as const);
  return (
    <Status tone={tone} icon={icon}>
      {outcome ? text.reconciliation.outcome[outcome] : text.reconciliation.underWay}
    </Status>
  );
}
