import { WarningOutlined } from '@ant-design/icons';
import { Moment } from '../../components/moment.tsx';
import { Status } from '../../components/status.tsx';
import { locale, text } from '../../locales/index.ts';
import { useRowsOf } from '../use-rows-of.ts';
import { queueRow } from './answers.ts';
import { ReadingPanel } from './reading.tsx';

const pollMs = 10_000;

/** The queues: how much waits and since when, and what has failed for good. */
export function Queues() {
  const reading = useRowsOf('job_queues', queueRow, { pollMs });
  const words = text.jobs.queue;
  const number = (n: number) => <span className="mm-nums">{n.toLocaleString(locale)}</span>;
  return (
    <ReadingPanel
      title={words.title}
      rowTitle={words.name}
      empty={words.none}
      reading={reading}
      nameOf={({ queue }) => queue}
      cellsOf={(row) => [
        { title: words.waiting, align: 'right', value: number(row.waiting) },
        { title: words.oldest, value: <Moment at={row.oldest_waiting_since} inline /> },
        { title: words.scheduled, align: 'right', value: number(row.scheduled) },
        { title: words.active, align: 'right', value: number(row.active) },
        {
          title: words.failed,
          align: 'right',
          value:
            row.failed === 0 ? (
              number(0)
            ) : (
              <Status tone="bad" icon={<WarningOutlined />}>
                {number(row.failed)}
              </Status>
            ),
        },
      ]}
    />
  );
}
