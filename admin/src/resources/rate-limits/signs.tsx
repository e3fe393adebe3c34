import { CheckCircleOutlined, EyeOutlined, MinusCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Moment } from '../../components/moment.tsx';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import { ReadingPanel } from '../job-runs/reading.tsx';
import { useRows } from '../use-rows.ts';
import type { AbuseRuleRow, AlertRow } from './answers.ts';

const pollMs = 15_000;

/** What is watched for abuse, with the alert that is open about it. */
export function Signs({ onChange }: { onChange: (rule: AbuseRuleRow) => void }) {
  const words = text.rateLimits.signs;
  const rules = useRows<AbuseRuleRow>({ resource: 'abuse_rules', sorters: [{ field: 'id', order: 'asc' }], pollMs });
  const alerts = useRows<AlertRow>({
    resource: 'alerts',
    filters: [
      { field: 'key', operator: 'startswith', value: 'abuse.' },
      { field: 'state', operator: 'ne', value: 'resolved' },
    ],
    sorters: [{ field: 'opened_at', order: 'desc' }],
    pollMs,
  });
  const alertOf = (rule: AbuseRuleRow) => alerts.rows?.find(({ key }) => key === `abuse.${rule.id}`);
  return (
    <ReadingPanel
      title={words.title}
      rowTitle={words.name}
      empty={words.none}
      reading={rules}
      nameOf={({ id }) => id}
      cellsOf={(rule) => [
        { title: words.what, value: rule.description },
        {
          title: words.threshold,
          value: <span className="mm-nums">{words.from(rule.threshold, rule.window_minutes)}</span>,
        },
        { title: words.now, value: <Now isWatched={rule.is_watched} alert={alertOf(rule)} isKnown={!!alerts.rows} /> },
        {
          title: words.change,
          value: (
            <Button size="small" onClick={() => onChange(rule)} aria-label={words.changeThis(rule.id)}>
              {words.doChange}
            </Button>
          ),
        },
      ]}
    />
  );
}

type NowProps = { isWatched: boolean; alert: AlertRow | undefined; isKnown: boolean };

function Now({ isWatched, alert, isKnown }: NowProps) {
  const words = text.rateLimits.signs;
  if (alert)
    return (
      <>
        <Status
          tone={alert.state === 'firing' ? 'bad' : 'warn'}
          icon={alert.state === 'firing' ? <WarningOutlined /> : <EyeOutlined />}
        >
          {words.alerts[alert.state]}
        </Status>
        <div className="mm-small">
          {alert.title}, <Moment at={alert.last_raised_at} inline />
        </div>
      </>
    );
  if (!isWatched)
    return (
      <Status tone="quiet" icon={<MinusCircleOutlined />}>
        {words.notWatched}
      </Status>
    );
  return isKnown ? (
    <Status tone="good" icon={<CheckCircleOutlined />}>
      {words.quiet}
    </Status>
  ) : null;
}
