import { BellOutlined, CheckCircleOutlined, EyeOutlined, InfoCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { ComponentProps } from 'react';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import type { AlertRow } from './answers.ts';

type Look = Pick<ComponentProps<typeof Status>, 'tone' | 'icon'>;

const severityLooks: Record<AlertRow['severity'], Look> = {
  critical: { tone: 'bad', icon: <WarningOutlined /> },
  warning: { tone: 'warn', icon: <WarningOutlined /> },
  info: { tone: 'quiet', icon: <InfoCircleOutlined /> },
};

export function SeverityTag({ severity }: Pick<AlertRow, 'severity'>) {
  return <Status {...severityLooks[severity]}>{text.dashboard.alerts.severities[severity] ?? severity}</Status>;
}

const stateLooks: Record<AlertRow['state'], Look> = {
  firing: { tone: 'bad', icon: <BellOutlined /> },
  acknowledged: { tone: 'busy', icon: <EyeOutlined /> },
  resolved: { tone: 'good', icon: <CheckCircleOutlined /> },
};

export function AlertStateTag({ state }: Pick<AlertRow, 'state'>) {
  return <Status {...stateLooks[state]}>{text.alerts.states[state]}</Status>;
}
