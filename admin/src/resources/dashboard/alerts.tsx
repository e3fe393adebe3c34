import { CheckCircleOutlined, EyeOutlined, InfoCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/page.tsx';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import type { OpenAlert } from './answers.ts';
import './dashboard.css';

const looks: Readonly<Record<string, readonly ['bad' | 'warn' | 'quiet', ReactNode]>> = {
  critical: ['bad', <WarningOutlined key="i" />],
  warning: ['warn', <WarningOutlined key="i" />],
  info: ['quiet', <InfoCircleOutlined key="i" />],
};

/** The alerts that are open, the gravest first. */
export function Alerts({ alerts, all }: { alerts: readonly OpenAlert[]; all: number }) {
  const words = text.dashboard.alerts;
  return (
    <Panel title={words.title}>
      {alerts.length === 0 ? (
        <Status tone="good" icon={<CheckCircleOutlined />}>
          {words.none}
        </Status>
      ) : (
        <ul className="mm-due">
          {alerts.map((alert) => (
            <li key={alert.id}>
              <div>
                <div>{alert.title}</div>
                <div className="mm-small mm-quiet">
                  <code>{alert.key}</code> · <Moment at={alert.opened_at} inline />
                </div>
              </div>
              <Severity alert={alert} />
            </li>
          ))}
        </ul>
      )}
      {all > alerts.length ? <p className="mm-quiet mm-due-more">{words.more(all - alerts.length)}</p> : null}
      {all > 0 ? (
        <p className="mm-due-more">
          <Link to="/alerts">{words.all}</Link>
        </p>
      ) : null}
    </Panel>
  );
}

function Severity({ alert: { severity, state } }: { alert: OpenAlert }) {
  const words = text.dashboard.alerts;
  if (state === 'acknowledged')
    return (
      <Status tone="busy" icon={<EyeOutlined />}>
        {words.acknowledged}
      </Status>
    );
  const [tone, icon] = looks[severity] ?? (['quiet', <InfoCircleOutlined key="i" />] as const);
  return (
    <Status tone={tone} icon={icon}>
      {words.severities[severity] ?? severity}
    </Status>
  );
}
