import { Link } from 'react-router';
import type { Column } from '../../components/list/data-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { locale, text } from '../../locales/index.ts';
import { agentWords } from '../playback-decisions/rules.ts';
import type { PlaybackSessionRow } from '../rows.ts';
import { outcomeWords, percent, watchTime } from './measures.ts';

const { columns, ...words } = text.plays.sessions;

function Watched({ session }: { session: PlaybackSessionRow }) {
  const { completion, is_ended: isEnded, is_measured: isMeasured, is_played: isPlayed } = session;
  if (completion === null || !isPlayed || !isMeasured) {
    return (
      <span className="mm-quiet" {...(isPlayed && !isMeasured ? { title: words.notMeasuredHint } : {})}>
        {outcomeWords(session)}
      </span>
    );
  }
  return (
    <span className="mm-watched">
      <span className="mm-watched-track" aria-hidden="true">
        <span style={{ width: `${completion * 100}%` }} />
      </span>
      <span className="mm-nums">
        {percent(completion)}
        {isEnded ? <span className="mm-quiet mm-small"> {words.ended}</span> : null}
      </span>
    </span>
  );
}

const began: Column<PlaybackSessionRow> = {
  key: 'started_at',
  title: columns.started,
  card: 'heading',
  width: 190,
  render: ({ started_at: at }) => <Moment at={at} />,
};

const video: Column<PlaybackSessionRow> = {
  key: 'video_title',
  title: columns.video,
  card: 'fact',
  render: ({ video_id, video_title, share_token_id, share_label }) => (
    <>
      <Link to={`/videos/${video_id}`}>{video_title ?? video_id}</Link>
      <div className="mm-small">
        <Link to={`/share-links/${share_token_id}`}>{share_label ?? words.unlabelled}</Link>
      </div>
    </>
  ),
};

const link: Column<PlaybackSessionRow> = {
  key: 'share_label',
  title: columns.link,
  card: 'fact',
  render: ({ share_token_id, share_label }) => (
    <Link to={`/share-links/${share_token_id}`}>{share_label ?? words.unlabelled}</Link>
  ),
};

const viewer: Column<PlaybackSessionRow> = {
  key: 'recipient',
  title: columns.viewer,
  card: 'fact',
  render: ({ recipient }) => recipient ?? <span className="mm-quiet">{words.anybody}</span>,
};

const measures: readonly Column<PlaybackSessionRow>[] = [
  {
    key: 'completion',
    title: columns.watched,
    card: 'badge',
    width: 220,
    render: (session) => <Watched session={session} />,
  },
  {
    key: 'watch_seconds',
    title: columns.time,
    card: 'fact',
    width: 120,
    align: 'right',
    render: ({ watch_seconds: seconds, is_played: isPlayed }) => (
      <span className="mm-nums">{seconds === null || !isPlayed ? text.time.none : watchTime(seconds)}</span>
    ),
  },
  {
    key: 'rebuffer_ratio',
    title: columns.loading,
    card: 'fact',
    width: 100,
    align: 'right',
    from: 1200,
    render: ({ rebuffer_ratio: ratio }) => (
      <span className="mm-nums">{ratio === null ? text.time.none : percent(ratio)}</span>
    ),
  },
  {
    key: 'error_count',
    title: columns.errors,
    card: 'fact',
    width: 100,
    align: 'right',
    render: ({ error_count: count }) =>
      count === 0 ? (
        <span className="mm-quiet">{words.noErrors}</span>
      ) : (
        <span className="mm-nums">{count.toLocaleString(locale)}</span>
      ),
  },
  {
    key: 'user_agent_family',
    title: columns.by,
    card: 'fact',
    width: 130,
    from: 1400,
    render: ({ user_agent_family: family }) => agentWords(family),
  },
];

/** Where the page is not about one link, what a session belongs to takes the place of what its details tell anyway. */
export function sessionColumns(page: 'link' | 'video' | 'all'): readonly Column<PlaybackSessionRow>[] {
  if (page === 'link') return [began, viewer, ...measures];
  const fewer = measures.filter(
    ({ key }) => key !== 'user_agent_family' && (page === 'video' || key !== 'rebuffer_ratio'),
  );
  return [began, page === 'video' ? link : video, viewer, ...fewer];
}
