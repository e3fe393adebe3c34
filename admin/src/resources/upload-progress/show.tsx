import { useParams } from 'react-router';
import { Copyable } from '../../components/copyable.tsx';
import { Moment } from '../../components/moment.tsx';
import { Facts, Page, Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton } from '../../components/states.tsx';
import { UploadStateTag } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import { useTrail } from '../../shell/breadcrumbs.tsx';
import { exact } from '../../time/format.ts';
import { bytes } from '../../uploads/size.ts';
import type { UploadProgressRow } from '../rows.ts';
import { useRecord } from '../use-record.ts';
import { UploadTimeline } from './timeline.tsx';

export default function UploadProgressShow() {
  const { id } = useParams();
  const { row, error, isLoading, refetch } = useRecord<UploadProgressRow>({
    resource: 'upload_progress',
    id,
    pollMs: (upload) => (upload && upload.finished_at === null ? 5000 : false),
  });
  useTrail(row && text.uploads.of(exact(new Date(row.requested_at))));
  if (row) return <UploadPage upload={row} />;
  if (isLoading) return <PageSkeleton />;
  return (
    <Page title={text.uploads.one}>
      <div className="mm-card">
        <ErrorState
          title={text.errors.recordTitle}
          error={error}
          onRetry={refetch}
          back={{ label: text.actions.backTo(text.uploads.title), to: '/uploads' }}
        />
      </div>
    </Page>
  );
}

function UploadPage({ upload }: { upload: UploadProgressRow }) {
  const { columns } = text.uploads;
  const isUnderWay = upload.finished_at === null;
  return (
    <Page
      title={text.uploads.of(exact(new Date(upload.requested_at)))}
      aside={<UploadStateTag state={upload.state} />}
      lead={text.uploads.oneLead}
    >
      <div className="mm-columns">
        <UploadTimeline uploadId={upload.id} isUnderWay={isUnderWay} />
        <Panel title={text.uploads.details}>
          <Facts
            items={[
              [columns.id, <Copyable key="id" value={upload.id} what={columns.id} />],
              [text.uploads.videoId, <Copyable key="v" value={upload.video_id} what={text.uploads.videoId} />],
              [columns.size, `${bytes(upload.file_size_bytes)}, ${upload.content_type}`],
              ...(upload.error_code
                ? ([[text.uploads.errorCode, <code key="e">{upload.error_code}</code>]] as const)
                : []),
              ...(isUnderWay ? ([[text.uploads.expires, <Moment key="x" at={upload.expires_at} />]] as const) : []),
              [text.uploads.reconciled, <Moment key="r" at={upload.reconciled_at} absent={text.time.never} />],
            ]}
          />
        </Panel>
      </div>
    </Page>
  );
}
