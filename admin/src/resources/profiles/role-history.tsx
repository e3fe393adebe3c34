import { useMemo } from 'react';
import { ListFooter } from '../../components/list/list-footer.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useEmbeddedList } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton, StatePage } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import { actionWords, actorWords, roleWords } from '../audit-entries/words.ts';
import type { AuditRow } from '../rows.ts';

const spec: ListSpec = {
  filters: {},
  sortable: ['occurred_at'],
  initialSort: { field: 'occurred_at', order: 'desc' },
};
const acts = ['profile.created', 'profile.role_changed', 'profile.suspended', 'profile.restored'];

/** Which roles somebody had, and when they were shut out, by the audit log. */
export function RoleHistory({ profileId }: { profileId: string }) {
  const list = useEmbeddedList<AuditRow>({
    resource: 'audit_entries',
    spec,
    pageSize: 10,
    permanent: useMemo(
      () => [
        { field: 'object_type', operator: 'eq', value: 'profile' },
        { field: 'object_id', operator: 'eq', value: profileId },
        { field: 'action', operator: 'in', value: acts },
      ],
      [profileId],
    ),
  });
  return (
    <Panel title={text.people.history}>
      {list.rows.length > 0 ? (
        <>
          <ol className="mm-person-history">
            {list.rows.map((entry) => (
              <li key={entry.id}>
                <strong>{actionWords(entry.action)}</strong>
                <Became entry={entry} />
                <div className="mm-small">
                  {actorWords(entry)} · <Moment at={entry.occurred_at} inline />
                </div>
                {entry.reason ? <div className="mm-small mm-quiet">{entry.reason}</div> : null}
              </li>
            ))}
          </ol>
          <ListFooter list={list} />
        </>
      ) : list.error ? (
        <ErrorState title={text.errors.listTitle} error={list.error} onRetry={list.refetch} level="p" />
      ) : list.isLoading ? (
        <PageSkeleton />
      ) : (
        <StatePage kind="empty" level="p" title={text.people.noHistory} />
      )}
    </Panel>
  );
}

function Became({ entry: { before, after } }: { entry: AuditRow }) {
  const named = (values: AuditRow['before']) => (typeof values?.role === 'string' ? roleWords(values.role) : undefined);
  const [from, to] = [named(before), named(after)];
  return from && to && from !== to ? <>: {text.people.became(from, to)}</> : null;
}
