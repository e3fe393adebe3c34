import { ChoiceField } from '../../components/list/choice-fields.tsx';
import { DataList } from '../../components/list/data-list.tsx';
import { RangeField } from '../../components/list/filter-fields.tsx';
import { Filters } from '../../components/list/filters.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useListPage } from '../../components/list/use-list-page.ts';
import { Page } from '../../components/page.tsx';
import { RunbookLead } from '../../components/runbook.tsx';
import { StatePage } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import type { ReconciliationRunRow } from '../rows.ts';
import { runColumns } from './columns.tsx';

const kinds = ['light', 'whole'] as const;
const outcomes = ['matched', 'repaired', 'open', 'halted', 'failed'] as const;

const spec: ListSpec = {
  filters: {
    kind: { kind: 'choice', field: 'kind', values: kinds },
    outcome: { kind: 'choice', field: 'outcome', values: outcomes },
    when: { kind: 'range', field: 'started_at' },
  },
  sortable: ['started_at'],
  initialSort: { field: 'started_at', order: 'desc' },
};

/** Comparisons with Mux. One that is under way is looked at again every five seconds. */
export default function ReconciliationRunList() {
  const list = useListPage<ReconciliationRunRow>({
    resource: 'reconciliation_runs',
    spec,
    pollMs: (rows) => (rows.some(({ ended_at: at }) => at === null) ? 5000 : false),
  });
  const words = text.reconciliation;
  return (
    <Page title={words.title} lead={<RunbookLead lead={words.lead} name="reconcile-mux" />}>
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
        label={words.title}
        columns={runColumns}
        empty={<StatePage kind="empty" level="h2" title={words.emptyTitle} body={words.emptyBody} />}
      />
    </Page>
  );
}
