import { CheckCircleOutlined, CloseCircleOutlined, SyncOutlined, WarningOutlined } from '@ant-design/icons';
import { ChoiceField } from '../../components/list/choice-fields.tsx';
import { type Column, DataList } from '../../components/list/data-list.tsx';
import { RangeField } from '../../components/list/filter-fields.tsx';
import { Filters } from '../../components/list/filters.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useListPage } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { RunbookLead } from '../../components/runbook.tsx';
import { StatePage } from '../../components/states.tsx';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import type { CanaryRunRow } from '../rows.ts';
import { MeasuredBound } from './bound.tsx';
import './canary-runs.css';
import { lapse } from './milliseconds.ts';

const kinds = ['revoke', 'cut'] as const;
const outcomes = ['in_time', 'late', 'failed'] as const;

const spec: ListSpec = {
  filters: {
    kind: { kind: 'choice', field: 'kind', values: kinds },
    outcome: { kind: 'choice', field: 'outcome', values: outcomes },
    when: { kind: 'range', field: 'started_at' },
  },
  sortable: ['started_at'],
  initialSort: { field: 'started_at', order: 'desc' },
};

const looks = {
  in_time: ['good', <CheckCircleOutlined key="i" />],
  late: ['bad', <WarningOutlined key="i" />],
  failed: ['warn', <CloseCircleOutlined key="i" />],
} as const;

function OutcomeOfRun({ outcome }: Pick<CanaryRunRow, 'outcome'>) {
  const [tone, icon] = outcome ? looks[outcome] : (['busy', <SyncOutlined key="i" />] as const);
  return (
    <Status tone={tone} icon={icon}>
      {outcome ? text.bound.outcome[outcome] : text.bound.underWay}
    </Status>
  );
}

const timed = (key: 'mint_ms' | 'manifest_ms' | 'segment_ms', title: string): Column<CanaryRunRow> => ({
  key,
  title,
  card: 'fact',
  width: 140,
  align: 'right',
  render: (run) => <span className="mm-nums">{lapse(run[key])}</span>,
});

const columns: readonly Column<CanaryRunRow>[] = [
  {
    key: 'started_at',
    title: text.bound.columns.started,
    card: 'heading',
    width: 200,
    render: ({ started_at: at }) => <Moment at={at} seconds />,
  },
  { key: 'kind', title: text.bound.columns.kind, card: 'fact', render: ({ kind }) => text.bound.kinds[kind] },
  {
    key: 'outcome',
    title: text.bound.columns.outcome,
    card: 'badge',
    width: 180,
    render: ({ outcome, error }) => (
      <>
        <OutcomeOfRun outcome={outcome} />
        {error ? <code className="mm-small mm-run-error">{error}</code> : null}
      </>
    ),
  },
  timed('mint_ms', text.bound.columns.mint),
  timed('manifest_ms', text.bound.columns.manifest),
  timed('segment_ms', text.bound.columns.segment),
];

/** How soon playback ends after a revocation and after a cut, as a link of our own measures it all the time. */
export default function CanaryRunList() {
  const list = useListPage<CanaryRunRow>({
    resource: 'canary_runs',
    spec,
    pollMs: (rows) => (rows.some(({ ended_at: at }) => at === null) ? 5000 : false),
  });
  const words = text.bound;
  return (
    <Page title={words.title} lead={<RunbookLead lead={words.lead} name="revocation-bound-missed" />}>
      <div className="mm-stack">
        <MeasuredBound />
        <div>
          <Filters list={list}>
            <ChoiceField
              list={list}
              name="kind"
              label={words.columns.kind}
              choices={kinds.map((value) => ({ value, label: words.kinds[value] }))}
            />
            <ChoiceField
              list={list}
              name="outcome"
              label={words.columns.outcome}
              choices={outcomes.map((value) => ({ value, label: words.outcome[value] }))}
            />
            <RangeField list={list} name="when" label={words.when} />
          </Filters>
          <DataList
            list={list}
            label={words.runs}
            columns={columns}
            empty={<StatePage kind="empty" level="h2" title={words.emptyTitle} body={words.emptyBody} />}
          />
        </div>
      </div>
    </Page>
  );
}
