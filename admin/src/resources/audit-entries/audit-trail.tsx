import { useMemo } from 'react';
import { ListFooter } from '../../components/list/list-footer.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useEmbeddedList } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton, StatePage } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import type { AuditRow } from '../rows.ts';
import { EntryDetails } from './entry-details.tsx';
import { actionWords, actorWords, doorWords } from './words.ts';

const spec: ListSpec = {
  filters: {},
  sortable: ['occurred_at'],
  initialSort: { field: 'occurred_at', order: 'desc' },
};

type Props = { title: string; empty: string; objects: readonly string[] };

/** The audit entries of one thing, on its own page. */
export function AuditTrail({ title, empty, objects }: Props) {
  const key = objects.join();
  const list = useEmbeddedList<AuditRow>({
    resource: 'audit_entries',
    spec,
    pageSize: 10,
    permanent: useMemo(() => [{ field: 'object_id', operator: 'in', value: key.split(',') }], [key]),
  });
  return (
    <Panel title={title} flush>
      <Body list={list} empty={empty} />
    </Panel>
  );
}

function Body({ list, empty }: { list: ReturnType<typeof useEmbeddedList<AuditRow>>; empty: string }) {
  if (list.error && list.rows.length === 0) {
    return <ErrorState title={text.errors.listTitle} error={list.error} onRetry={list.refetch} level="p" />;
  }
  if (list.isLoading) {
    return (
      <div className="mm-panel-body">
        <PageSkeleton />
      </div>
    );
  }
  if (list.rows.length === 0) return <StatePage kind="empty" level="p" title={empty} />;
  return (
    <>
      <ul className="mm-trail-list">
        {list.rows.map((entry) => (
          <li key={entry.id}>
            <details>
              <summary>
                <span>
                  <span>
                    <strong>{actorWords(entry)}</strong> · {actionWords(entry.action)}
                  </span>
                  <span className="mm-small">
                    <Moment at={entry.occurred_at} inline seconds />
                    <span className="mm-quiet">
                      {' · '}
                      {doorWords(entry.door)}
                    </span>
                  </span>
                  {entry.reason ? <span className="mm-small mm-quiet">{entry.reason}</span> : null}
                </span>
              </summary>
              <EntryDetails entry={entry} />
            </details>
          </li>
        ))}
      </ul>
      <ListFooter list={list} />
    </>
  );
}
