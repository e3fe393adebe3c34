import { CheckCircleOutlined, CloseCircleOutlined, MinusCircleOutlined, PauseCircleOutlined } from '@ant-design/icons';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import type { Outcome } from './answers.ts';

const looks = {
  processed: ['good', <CheckCircleOutlined key="i" />],
  ignored: ['quiet', <MinusCircleOutlined key="i" />],
  failed: ['bad', <CloseCircleOutlined key="i" />],
  busy: ['warn', <PauseCircleOutlined key="i" />],
} as const;

export function OutcomeOfReplay({ outcome }: { outcome: Outcome }) {
  const [tone, icon] = looks[outcome];
  return (
    <Status tone={tone} icon={icon}>
      {text.webhooks.dryRun.outcomes[outcome]}
    </Status>
  );
}
