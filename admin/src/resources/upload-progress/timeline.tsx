import { CheckCircleFilled, CloseCircleFilled, MinusCircleFilled, SyncOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Copyable } from '../../components/copyable.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton, StatePage } from '../../components/states.tsx';
import { WebhookStateTag } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import { shortened } from '../short-id.ts';
import { useRowsOf } from '../use-rows-of.ts';
import '../videos/timeline.css';
import { lookOf, type StoryLook, type StoryRow, stepWords, storyRow } from './story.ts';

const icons: Record<StoryLook, ReactNode> = {
  done: <CheckCircleFilled />,
  now: <SyncOutlined />,
  failed: <CloseCircleFilled />,
  stopped: <MinusCircleFilled />,
};

/** One story of three sources: the upload, the asset it became, and the events of the video service about either. */
export function UploadTimeline({ uploadId, isUnderWay }: { uploadId: string; isUnderWay: boolean }) {
  const story = useRowsOf('upload_timeline', storyRow, {
    args: { upload_job_id: uploadId },
    ...(isUnderWay ? { pollMs: 5000 } : {}),
  });
  return (
    <Panel title={text.uploads.timeline}>
      <Body {...story} />
    </Panel>
  );
}

function Body({ rows, error, isLoading, refetch }: ReturnType<typeof useRowsOf<StoryRow>>) {
  if (isLoading) return <PageSkeleton />;
  if (!rows) return <ErrorState title={text.errors.listTitle} error={error} onRetry={refetch} level="p" />;
  if (rows.length === 0) return <StatePage kind="empty" level="p" title={text.uploads.noTimeline} />;
  return (
    <ol className="mm-timeline">
      {rows.map((row) => (
        <li key={`${row.source} ${row.step} ${row.webhook_event_id ?? row.object_id}`} data-look={lookOf(row)}>
          <span className="mm-timeline-icon" aria-hidden="true">
            {icons[lookOf(row)]}
          </span>
          <div>
            <StoryEntry row={row} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function StoryEntry({ row }: { row: StoryRow }) {
  return (
    <>
      <p>
        {row.webhook_event_id ? (
          <Link to={`/webhook-events/${row.webhook_event_id}`}>
            <code>{row.step}</code>
          </Link>
        ) : (
          stepWords(row)
        )}
      </p>
      {row.event_state ? (
        <div>
          <WebhookStateTag state={row.event_state} />
          {row.attempts ? <span className="mm-quiet"> · {text.uploads.failures(row.attempts)}</span> : null}
        </div>
      ) : null}
      {row.error ? (
        <div>
          <code>{row.error}</code>
        </div>
      ) : null}
      <div className="mm-small">
        <Moment at={row.at} inline seconds />
        {row.object_id && row.source !== 'upload' ? (
          <>
            {' '}
            <Copyable value={row.object_id} short={shortened(row.object_id)} what={text.webhooks.objectId} />
          </>
        ) : null}
      </div>
    </>
  );
}
