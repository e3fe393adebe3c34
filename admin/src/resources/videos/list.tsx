import { Link } from 'react-router';
import { ChoiceField } from '../../components/list/choice-fields.tsx';
import { type Column, DataList } from '../../components/list/data-list.tsx';
import { Filters, SearchField } from '../../components/list/filters.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { RecordField } from '../../components/list/record-field.tsx';
import { useListPage } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { StatePage } from '../../components/states.tsx';
import { VideoStatusTag } from '../../components/status.tsx';
import { useAccount, useOffered } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import { duration } from '../../time/format.ts';
import { ProbeMark } from '../canary-runs/probe-mark.tsx';
import { PlaysGlance } from '../plays/days.tsx';
import type { VideoRow, VideoStatus } from '../rows.ts';
import { coachSource } from '../sources.ts';
import { pollWhileMoving } from './polling.ts';
import { UploadPanel } from './upload-panel.tsx';

const statuses = ['uploading', 'processing', 'ready', 'errored', 'cancelled'] as const satisfies VideoStatus[];

const spec: ListSpec = {
  filters: {
    q: { kind: 'search', fields: ['title'] },
    status: { kind: 'choice', field: 'status', values: statuses },
    coach: { kind: 'record', field: 'coach_id' },
  },
  sortable: ['title', 'status', 'duration_seconds', 'created_at', 'coach_name'],
  initialSort: { field: 'created_at', order: 'desc' },
};

const columns: readonly Column<VideoRow>[] = [
  {
    key: 'title',
    title: text.videos.columns.title,
    card: 'heading',
    render: ({ id, title }) => (
      <>
        <Link className="mm-row-title" to={`/videos/${id}`}>
          {title}
        </Link>
        <ProbeMark videoId={id} />
      </>
    ),
  },
  {
    key: 'status',
    title: text.videos.columns.status,
    card: 'badge',
    width: 140,
    render: ({ status }) => <VideoStatusTag status={status} />,
  },
  {
    key: 'duration_seconds',
    title: text.videos.columns.duration,
    card: 'fact',
    width: 100,
    align: 'right',
    render: ({ duration_seconds: seconds }) => (
      <span className="mm-nums">{seconds === null ? text.time.none : duration(seconds)}</span>
    ),
  },
  {
    key: 'active_share_count',
    title: text.videos.columns.links,
    card: 'fact',
    width: 120,
    render: ({ id, active_share_count: count }) =>
      count > 0 ? (
        <Link to={`/share-links?video=${id}&status=active`}>{text.videos.activeLinks(count)}</Link>
      ) : (
        <span className="mm-quiet">{text.videos.activeLinks(count)}</span>
      ),
  },
  {
    key: 'created_at',
    title: text.videos.columns.created,
    card: 'fact',
    width: 190,
    render: ({ created_at: at }) => <Moment at={at} />,
  },
];

const coachColumn: Column<VideoRow> = {
  key: 'coach_name',
  title: text.videos.columns.coach,
  card: 'fact',
  width: 170,
  render: ({ coach_name: name }) => name ?? text.time.none,
};

export default function VideoList() {
  const { role } = useAccount();
  const mayUpload = useOffered('videos', 'create');
  const ofAllCoaches = role !== 'coach';
  const list = useListPage<VideoRow>({
    resource: 'videos',
    spec,
    meta: { nullsLast: ['duration_seconds'] },
    pollMs: pollWhileMoving,
  });
  const [first, ...others] = columns;
  return (
    <Page title={text.videos.title} lead={ofAllCoaches ? text.videos.leadAll : text.videos.lead}>
      {mayUpload ? <UploadPanel onChanged={list.refetch} /> : null}
      {ofAllCoaches ? null : <PlaysGlance />}
      <Filters list={list}>
        <SearchField list={list} name="q" label={text.videos.searchLabel} />
        <ChoiceField
          list={list}
          name="status"
          label={text.videos.columns.status}
          choices={statuses.map((value) => ({ value, label: text.videos.status[value] }))}
        />
        {ofAllCoaches ? (
          <RecordField list={list} name="coach" label={text.videos.columns.coach} source={coachSource} />
        ) : null}
      </Filters>
      <DataList
        list={list}
        label={text.videos.title}
        columns={first && ofAllCoaches ? [first, coachColumn, ...others] : columns}
        empty={
          <StatePage
            kind="empty"
            level="h2"
            title={text.videos.emptyTitle}
            body={mayUpload ? text.videos.emptyCoach : text.videos.emptyOther}
          />
        }
      />
    </Page>
  );
}
