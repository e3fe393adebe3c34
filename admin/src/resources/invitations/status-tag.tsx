import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  MailOutlined,
  MinusCircleOutlined,
  StopOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ComponentProps } from 'react';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import type { InvitationRow, InvitationStatus } from './answers.ts';

type Look = Pick<ComponentProps<typeof Status>, 'tone' | 'icon'>;

const looks: Record<InvitationStatus, Look> = {
  queued: { tone: 'busy', icon: <ClockCircleOutlined /> },
  sent: { tone: 'good', icon: <MailOutlined /> },
  accepted: { tone: 'good', icon: <CheckCircleOutlined /> },
  revoked: { tone: 'bad', icon: <StopOutlined /> },
  expired: { tone: 'quiet', icon: <MinusCircleOutlined /> },
  failed: { tone: 'bad', icon: <WarningOutlined /> },
};

/** How far an invitation is, and why it does not get further. */
export function InvitationStatusTag({ status, last_error: error }: Pick<InvitationRow, 'status' | 'last_error'>) {
  const { why, whyElse, statuses } = text.invitations;
  const reason = error ? (why[error] ?? whyElse(error)) : undefined;
  return (
    <>
      <Status {...looks[status]}>{statuses[status]}</Status>
      {reason && (status === 'failed' || status === 'queued') ? (
        <div className="mm-small mm-quiet">{reason}</div>
      ) : null}
    </>
  );
}
