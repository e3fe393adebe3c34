import { CheckCircleOutlined, ClockCircleOutlined, DeleteOutlined, HourglassOutlined } from '@ant-design/icons';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import type { KeyRow } from './answers.ts';

const looks = {
  created: ['busy', <ClockCircleOutlined key="i" />],
  pending: ['busy', <ClockCircleOutlined key="i" />],
  active: ['good', <CheckCircleOutlined key="i" />],
  draining: ['warn', <HourglassOutlined key="i" />],
  deleted: ['quiet', <DeleteOutlined key="i" />],
} as const;

export function KeyStateTag({ state }: { state: KeyRow['state'] }) {
  const [tone, icon] = looks[state];
  return (
    <Status tone={tone} icon={icon}>
      {text.keys.state[state]}
    </Status>
  );
}
