import { Link } from 'react-router';
import { Copyable } from '../../components/copyable.tsx';
import { ChoiceField } from '../../components/list/choice-fields.tsx';
import { type Column, DataList } from '../../components/list/data-list.tsx';
import { RangeField, TextField } from '../../components/list/filter-fields.tsx';
import { Filters } from '../../components/list/filters.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useListPage } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { RunbookLead } from '../../components/runbook.tsx';
import { StatePage } from '../../components/states.tsx';
import { UploadStateTag } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import { bytes } from '../../uploads/size.ts';
import type { UploadProgressRow, UploadState } from '../rows.ts';
import { shortened } from '../short-id.ts';

const states = [
  'requested',
  'uploading',
  'processing',
  'ready',
  'errored',
  'expired',
  'cancelled',
] as const satisfies UploadState[];

const spec: ListSpec = {
  filters: {
    error: { kind: 'text', field: 'error_code' },
    state: { kind: 'choice', field: 'state', values: states },
    when: { kind: 'range', field: 'requested_at' },
  },
  sortable: ['requested_at', 'file_size_bytes'],
  initialSort: { field: 'requested_at', order: 'desc' },
};

const columns: readonly Column<UploadProgressRow>[] = [
  {
    key: 'id',
    title: text.uploads.columns.id,
    card: 'heading',
    render: ({ id }) => (
      <Link className="mm-row-title" to={`/uploads/${id}`}>
        <code title={id}>{shortened(id)}</code>
      </Link>
    ),
  },
  {
    key: 'state',
    title: text.uploads.columns.state,
    card: 'badge',
    width: 170,
    render: ({ state, error_code: code }) => (
      <>
        <UploadStateTag state={state} />
        {code ? (
          <div className="mm-small">
            <code>{code}</code>
          </div>
        ) : null}
      </>
    ),
  },
  {
    key: 'requested_at',
    title: text.uploads.columns.requested,
    card: 'fact',
    width: 190,
    render: ({ requested_at: at }) => <Moment at={at} seconds />,
  },
  {
    key: 'finished_at',
    title: text.uploads.columns.finished,
    card: 'fact',
    width: 190,
    render: ({ finished_at: at }) => <Moment at={at} absent={text.uploads.underWay} seconds />,
  },
  {
    key: 'file_size_bytes',
    title: text.uploads.columns.size,
    card: 'fact',
    width: 110,
    align: 'right',
    render: ({ file_size_bytes: size }) => <span className="mm-nums">{bytes(size)}</span>,
  },
  {
    key: 'video_id',
    title: text.uploads.videoId,
    card: 'fact',
    width: 200,
    from: 1100,
    render: ({ video_id: id }) => <Copyable value={id} short={shortened(id)} what={text.uploads.videoId} />,
  },
];

/** Uploads as operations see them. What is under way is looked at again every five seconds. */
export default function UploadProgressList() {
  const list = useListPage<UploadProgressRow>({
    resource: 'upload_progress',
    spec,
    pollMs: (rows) => (rows.some(({ finished_at: at }) => at === null) ? 5000 : false),
  });
  return (
    <Page title={text.uploads.title} lead={<RunbookLead lead={text.uploads.lead} name="upload-failures" />}>
      <Filters list={list}>
        <ChoiceField
          list={list}
          name="state"
          label={text.uploads.columns.state}
          choices={states.map((value) => ({ value, label: text.uploads.state[value] }))}
        />
        <TextField list={list} name="error" label={text.uploads.errorCode} />
        <RangeField list={list} name="when" label={text.uploads.when} />
      </Filters>
      <DataList
        list={list}
        label={text.uploads.title}
        columns={columns}
        empty={<StatePage kind="empty" level="h2" title={text.uploads.emptyTitle} body={text.uploads.emptyBody} />}
      />
    </Page>
  );
}
