import { ScissorOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useParams } from 'react-router';
import { Copyable } from '../../components/copyable.tsx';
import { late } from '../../components/late.tsx';
import { Moment } from '../../components/moment.tsx';
import { Facts, Page, Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton } from '../../components/states.tsx';
import { VideoStatusTag } from '../../components/status.tsx';
import { useAccount, useOffered } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import { useTrail } from '../../shell/breadcrumbs.tsx';
import { duration } from '../../time/format.ts';
import { bytes } from '../../uploads/size.ts';
import { VideoCuts } from '../playback-cuts/video-cuts.tsx';
import { RecipientPlays } from '../plays/recipients.tsx';
import { PlaySessions } from '../plays/sessions.tsx';
import { PlaysSummary } from '../plays/summary.tsx';
import type { UploadJobRow, VideoRow } from '../rows.ts';
import { useRecord } from '../use-record.ts';
import { VideoDetails } from './details.tsx';
import { isMoving, pollWhileMoving } from './polling.ts';
import { Preview } from './preview.tsx';
import { StatusTimeline } from './status-timeline.tsx';
import { VideoStory } from './story/video-story.tsx';
import { VideoLinks } from './video-links.tsx';

const CutDialog = late(
  () => import('../playback-cuts/cut-dialog.tsx').then((loaded) => loaded.CutDialog),
  ({ open }) => open,
);

export default function VideoShow() {
  const { id } = useParams();
  const {
    row: video,
    error,
    isLoading,
    refetch,
  } = useRecord<VideoRow>({
    resource: 'videos',
    id,
    pollMs: (row) => pollWhileMoving(row ? [row] : []),
  });
  useTrail(video?.title);
  if (video) return <VideoPage video={video} />;
  if (isLoading) return <PageSkeleton />;
  return (
    <Page title={text.videos.one}>
      <div className="mm-card">
        <ErrorState
          title={text.errors.recordTitle}
          error={error}
          onRetry={refetch}
          back={{ label: text.actions.backTo(text.videos.title), to: '/videos' }}
        />
      </div>
    </Page>
  );
}

function VideoPage({ video }: { video: VideoRow }) {
  const { role } = useAccount();
  const [cutting, setCutting] = useState(false);
  const plays = useMemo(() => ({ video_id: video.id }), [video.id]);
  const mayCut = useOffered('videos', 'cut') && video.status === 'ready';
  const seesCuts = useOffered('videos', 'cut');
  const { row: job } = useRecord<UploadJobRow>({
    resource: 'upload_jobs',
    id: video.upload_job_id ?? undefined,
    pollMs: () => (isMoving(video) ? 2000 : false),
  });
  return (
    <Page
      title={video.title}
      aside={<VideoStatusTag status={video.status} />}
      actions={
        mayCut ? (
          <Button danger icon={<ScissorOutlined aria-hidden />} onClick={() => setCutting(true)}>
            {text.cut.open}
          </Button>
        ) : null
      }
    >
      <div className="mm-columns">
        <div className="mm-stack">
          <Preview video={video} />
          <VideoDetails video={video} />
          {video.ready_at ? <PlaysSummary of={plays} /> : null}
        </div>
        <div className="mm-stack">
          {seesCuts ? <VideoCuts videoId={video.id} /> : null}
          <StatusTimeline video={video} job={job} />
          <Panel title={text.videos.details}>
            <Facts
              items={[
                ...(role === 'coach'
                  ? []
                  : ([[text.videos.columns.coach, video.coach_name ?? text.time.none]] as const)),
                [text.videos.columns.created, <Moment key="at" at={video.created_at} />],
                [
                  text.videos.columns.duration,
                  video.duration_seconds === null ? text.time.none : duration(video.duration_seconds),
                ],
                [text.videos.aspectRatio, video.aspect_ratio ?? text.time.none],
                ...(job ? ([[text.videos.file, `${job.file_name}, ${bytes(job.file_size_bytes)}`]] as const) : []),
                [text.videos.id, <Copyable key="id" value={video.id} what={text.videos.id} />],
              ]}
            />
          </Panel>
        </div>
      </div>
      <div className="mm-stack mm-below">
        <VideoLinks video={video} />
        {video.ready_at ? (
          <>
            <RecipientPlays of={plays} />
            <PlaySessions of={plays} />
          </>
        ) : null}
        <VideoStory videoId={video.id} />
      </div>
      {mayCut ? <CutDialog video={video} open={cutting} onClose={() => setCutting(false)} /> : null}
    </Page>
  );
}
