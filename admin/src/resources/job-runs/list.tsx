import { Copyable } from '../../components/copyable.tsx';
import { ChoiceField } from '../../components/list/choice-fields.tsx';
import { type Column, DataList } from '../../components/list/data-list.tsx';
import { RangeField, TextField } from '../../components/list/filter-fields.tsx';
import { Filters } from '../../components/list/filters.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useListPage } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Facts, Page } from '../../components/page.tsx';
import { RunbookLead } from '../../components/runbook.tsx';
import { StatePage } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import type { JobRunRow } from '../rows.ts';
import { jobOutcomes } from './answers.ts';
import './jobs.css';
import { JobOutcomeTag } from './outcome-tag.tsx';
import { Queues } from './queues.tsx';
import { countsWords, lasting } from './run-words.ts';
import { Schedule } from './schedule.tsx';

const spec: ListSpec = {
  filters: {
    job: { kind: 'text', field: 'job' },
    outcome: { kind: 'choice', field: 'outcome', values: jobOutcomes },
    when: { kind: 'range', field: 'started_at' },
  },
  sortable: ['started_at'],
  initialSort: { field: 'started_at', order: 'desc' },
};

const columns: readonly Column<JobRunRow>[] = [
  {
    key: 'job',
    title: text.jobs.name,
    card: 'heading',
    width: 190,
    render: ({ job }) => <code className="mm-row-title">{job}</code>,
  },
  {
    key: 'outcome',
    title: text.jobs.columns.outcome,
    card: 'badge',
    width: 150,
    render: ({ outcome }) => <JobOutcomeTag outcome={outcome} />,
  },
  {
    key: 'started_at',
    title: text.jobs.columns.started,
    card: 'fact',
    width: 200,
    render: ({ started_at: at }) => <Moment at={at} seconds />,
  },
  {
    key: 'duration_ms',
    title: text.jobs.columns.lasted,
    card: 'fact',
    width: 120,
    align: 'right',
    render: ({ duration_ms: ms }) => (
      <span className="mm-nums">{ms === null ? text.time.none : lasting(Math.max(ms, 0))}</span>
    ),
  },
  {
    key: 'counts',
    title: text.jobs.columns.counts,
    card: 'fact',
    render: ({ counts, error }) =>
      error ? <code>{error}</code> : (countsWords(counts) ?? <span className="mm-quiet">{text.time.none}</span>),
  },
];

/** The health of everything that runs by itself: queues, schedule, and every run. */
export default function JobRunList() {
  const list = useListPage<JobRunRow>({ resource: 'job_runs', spec, pollMs: () => 15_000 });
  return (
    <Page title={text.jobs.title} lead={<RunbookLead lead={text.jobs.lead} name="scheduled-jobs" />}>
      <div className="mm-stack mm-jobs">
        <Queues />
        <Schedule />
      </div>
      <h2 className="mm-jobs-runs">{text.jobs.runs}</h2>
      <Filters list={list}>
        <TextField list={list} name="job" label={text.jobs.name} />
        <ChoiceField
          list={list}
          name="outcome"
          label={text.jobs.columns.outcome}
          choices={jobOutcomes.map((value) => ({ value, label: text.jobs.outcome[value] }))}
        />
        <RangeField list={list} name="when" label={text.jobs.when} />
      </Filters>
      <DataList
        list={list}
        label={text.jobs.runs}
        columns={columns}
        nameOf={({ job, started_at: at }) => `${job}, ${exact(new Date(at), { seconds: true })}`}
        expand={({ id, ended_at, error, counts }) => (
          <Facts
            items={[
              [text.jobs.columns.ended, <Moment key="e" at={ended_at} inline seconds />],
              [text.jobs.columns.counts, countsWords(counts) ?? text.time.none],
              ...(error ? ([[text.jobs.columns.error, <code key="x">{error}</code>]] as const) : []),
              [text.jobs.runId, <Copyable key="i" value={id} what={text.jobs.runId} />],
            ]}
          />
        )}
        empty={<StatePage kind="empty" level="h2" title={text.jobs.emptyTitle} body={text.jobs.emptyBody} />}
      />
    </Page>
  );
}
