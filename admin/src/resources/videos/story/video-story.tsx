import {
  AuditOutlined,
  BarChartOutlined,
  CloudUploadOutlined,
  LinkOutlined,
  NotificationOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Moment } from '../../../components/moment.tsx';
import { Panel } from '../../../components/page.tsx';
import { ErrorState, PageSkeleton, StatePage } from '../../../components/states.tsx';
import { useOffered } from '../../../config/account.ts';
import { text } from '../../../locales/index.ts';
import '../timeline.css';
import type { StoryLine } from './answers.ts';
import './story.css';
import { WorkingButton } from '../../../components/working-button.tsx';
import { useStory } from './use-story.ts';
import { headOf, lookOf, noteOf, placeOf } from './words.ts';

const icons: Record<StoryLine['source'], ReactNode> = {
  upload: <CloudUploadOutlined />,
  asset: <VideoCameraOutlined />,
  event: <NotificationOutlined />,
  link: <LinkOutlined />,
  act: <AuditOutlined />,
  plays: <BarChartOutlined />,
};

/** Everything about a video as one story: its upload, Mux's events, links, plays by the day, and who did what and why. */
export function VideoStory({ videoId }: { videoId: string }) {
  const { lines, error, isLoading, refetch, readOlder, isReadingOlder } = useStory(videoId);
  return (
    <Panel title={text.story.title}>
      {!lines ? (
        isLoading ? (
          <PageSkeleton />
        ) : (
          <ErrorState title={text.errors.listTitle} error={error} onRetry={refetch} level="p" />
        )
      ) : lines.length === 0 ? (
        <StatePage kind="empty" level="p" title={text.story.none} />
      ) : (
        <>
          <p className="mm-quiet mm-story-lead">{text.story.lead}</p>
          <ol className="mm-timeline">
            {lines.map((line) => (
              <StoryItem key={line.id} line={line} />
            ))}
          </ol>
          {readOlder ? (
            <WorkingButton className="mm-story-older" isWorking={isReadingOlder} onClick={readOlder}>
              {text.story.older}
            </WorkingButton>
          ) : (
            <p className="mm-quiet mm-small mm-story-older">{text.story.beginning}</p>
          )}
        </>
      )}
    </Panel>
  );
}

function StoryItem({ line }: { line: StoryLine }) {
  const offered = {
    links: useOffered('share_tokens', 'show'),
    events: useOffered('webhook_events', 'show'),
    log: useOffered('audit_entries', 'show'),
  };
  const place = placeOf(line, offered);
  const note = noteOf(line);
  const ofLink = line.object_type === 'share_token' && line.object_name;
  return (
    <li data-look={lookOf(line)}>
      <span className="mm-timeline-icon" aria-hidden="true">
        {icons[line.source]}
      </span>
      <div>
        <p>{place ? <Link to={place}>{headOf(line)}</Link> : headOf(line)}</p>
        <div className="mm-small">
          {line.actor_name ? `${line.actor_name} · ` : ''}
          {ofLink ? (
            <>
              {offered.links ? (
                <Link to={`/share-links/${line.object_id}`}>{text.story.link(ofLink)}</Link>
              ) : (
                text.story.link(ofLink)
              )}
              {' · '}
            </>
          ) : null}
          <Moment at={line.at} inline seconds />
        </div>
        {note ? <div className="mm-small mm-quiet">{note}</div> : null}
      </div>
    </li>
  );
}
