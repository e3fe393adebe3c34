import { useMemo } from 'react';
import { DataList } from '../../components/list/data-list.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useEmbeddedList } from '../../components/list/use-list-page.ts';
import { Panel } from '../../components/page.tsx';
import { StatePage } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import type { ReconciliationFindingRow } from '../rows.ts';
import { findingColumns } from './columns.tsx';

const spec: ListSpec = { filters: {}, sortable: ['found_at'], initialSort: { field: 'found_at', order: 'asc' } };

/** What a run found to differ, and what was done about each. */
export function Findings({ runId, isUnderWay }: { runId: string; isUnderWay: boolean }) {
  const list = useEmbeddedList<ReconciliationFindingRow>({
    resource: 'reconciliation_findings',
    spec,
    pageSize: 25,
    permanent: useMemo(() => [{ field: 'run_id', operator: 'eq', value: runId }], [runId]),
    pollMs: () => (isUnderWay ? 5000 : false),
  });
  const words = text.reconciliation;
  return (
    <Panel title={words.columns.found} flush>
      <DataList
        list={list}
        label={words.columns.found}
        columns={findingColumns}
        empty={<StatePage kind="empty" level="p" title={isUnderWay ? words.nothingYet : words.nothing} />}
      />
    </Panel>
  );
}
