import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
  SyncOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ComponentProps } from 'react';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import type { ErasureRow, ErasureState, StepState } from './answers.ts';

type Look = Pick<ComponentProps<typeof Status>, 'tone' | 'icon'>;

const looks: Record<ErasureState, Look> = {
  requested: { tone: 'warn', icon: <PauseCircleOutlined /> },
  approved: { tone: 'busy', icon: <ClockCircleOutlined /> },
  running: { tone: 'busy', icon: <SyncOutlined /> },
  completed: { tone: 'good', icon: <CheckCircleOutlined /> },
  declined: { tone: 'quiet', icon: <CloseCircleOutlined /> },
  withdrawn: { tone: 'quiet', icon: <MinusCircleOutlined /> },
};

/** How far a request is, and whether it should have been done by now. */
export function ErasureStateTag({ state, is_overdue: late }: Pick<ErasureRow, 'state' | 'is_overdue'>) {
  return (
    <span className="mm-erasure-state">
      <Status {...looks[state]}>{text.erasures.states[state]}</Status>
      {late ? (
        <Status tone="bad" icon={<WarningOutlined />}>
          {text.erasures.overdue}
        </Status>
      ) : null}
    </span>
  );
}

const stepLooks: Record<StepState, Look> = {
  planned: { tone: 'quiet', icon: <ClockCircleOutlined /> },
  running: { tone: 'busy', icon: <SyncOutlined /> },
  done: { tone: 'good', icon: <CheckCircleOutlined /> },
  kept: { tone: 'quiet', icon: <MinusCircleOutlined /> },
  failed: { tone: 'bad', icon: <WarningOutlined /> },
};

export function StepStateTag({ state }: { state: StepState }) {
  return <Status {...stepLooks[state]}>{text.erasures.steps.states[state]}</Status>;
}
