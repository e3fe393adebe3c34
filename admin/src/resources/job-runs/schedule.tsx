import { WarningOutlined } from '@ant-design/icons';
import { Moment } from '../../components/moment.tsx';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import { useRowsOf } from '../use-rows-of.ts';
import { scheduledJobRow } from './answers.ts';
import { JobOutcomeTag } from './outcome-tag.tsx';
import { ReadingPanel } from './reading.tsx';

const pollMs = 10_000;

/** The scheduled jobs: when each runs, how it went last, and whether it should have run again by now. */
export function Schedule() {
  const reading = useRowsOf('scheduled_jobs', scheduledJobRow, { pollMs });
  const words = text.jobs.schedule;
  return (
    <ReadingPanel
      title={words.title}
      rowTitle={text.jobs.name}
      empty={words.none}
      reading={reading}
      nameOf={({ job }) => job}
      cellsOf={(row) => [
        { title: words.cron, value: <code>{row.cron}</code> },
        {
          title: words.last,
          value: (
            <>
              {row.last_outcome ? <JobOutcomeTag outcome={row.last_outcome} /> : null}
              <div className="mm-small">
                <Moment at={row.last_started_at} absent={text.time.never} inline seconds />
              </div>
            </>
          ),
        },
        {
          title: words.success,
          value: <Moment at={row.last_succeeded_at} absent={text.time.never} inline seconds />,
        },
        {
          title: words.overdue,
          value: row.overdue_since ? (
            <>
              <Status tone="bad" icon={<WarningOutlined />}>
                {words.isOverdue}
              </Status>
              <div className="mm-small">
                <Moment at={row.overdue_since} inline />
              </div>
            </>
          ) : (
            <span className="mm-quiet mm-nowrap">{words.onTime}</span>
          ),
        },
      ]}
    />
  );
}
