import { CheckCircleOutlined, StopOutlined } from '@ant-design/icons';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import type { ProfileRow } from './answers.ts';

export function ProfileStatusTag({ status }: Pick<ProfileRow, 'status'>) {
  return status === 'active' ? (
    <Status tone="good" icon={<CheckCircleOutlined />}>
      {text.people.statuses.active}
    </Status>
  ) : (
    <Status tone="bad" icon={<StopOutlined />}>
      {text.people.statuses.suspended}
    </Status>
  );
}
