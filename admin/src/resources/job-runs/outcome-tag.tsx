import { CheckCircleOutlined, CloseCircleOutlined, MinusCircleOutlined, SyncOutlined } from '@ant-design/icons';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import type { JobOutcome } from '../rows.ts';

const looks = {
  running: ['busy', <SyncOutlined key="i" />],
  succeeded: ['good', <CheckCircleOutlined key="i" />],
  failed: ['bad', <CloseCircleOutlined key="i" />],
  abandoned: ['warn', <MinusCircleOutlined key="i" />],
} as const;

export function JobOutcomeTag({ outcome }: { outcome: JobOutcome }) {
  const [tone, icon] = looks[outcome];
  return (
    <Status tone={tone} icon={icon}>
      {text.jobs.outcome[outcome]}
    </Status>
  );
}
