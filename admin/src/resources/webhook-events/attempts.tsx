import { useMemo } from 'react';
import { ListFooter } from '../../components/list/list-footer.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useEmbeddedList } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton, StatePage } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import type { WebhookAttemptRow } from '../rows.ts';

const spec: ListSpec = { filters: {}, sortable: ['no'], initialSort: { field: 'no', order: 'desc' } };

/** Every attempt to fold the event that failed, the newest first, with its error. */
export function Attempts({ eventId, isWaiting }: { eventId: string; isWaiting: boolean }) {
  const list = useEmbeddedList<WebhookAttemptRow>({
    resource: 'webhook_attempts',
    spec,
    pageSize: 10,
    permanent: useMemo(() => [{ field: 'webhook_event_id', operator: 'eq', value: eventId }], [eventId]),
    meta: { primaryKey: 'no' },
    pollMs: () => (isWaiting ? 3000 : false),
  });
  return (
    <Panel title={text.webhooks.attempts.title}>
      <Body list={list} />
    </Panel>
  );
}

function Body({ list }: { list: ReturnType<typeof useEmbeddedList<WebhookAttemptRow>> }) {
  const words = text.webhooks.attempts;
  if (list.error && list.rows.length === 0) {
    return <ErrorState title={text.errors.listTitle} error={list.error} onRetry={list.refetch} level="p" />;
  }
  if (list.isLoading) return <PageSkeleton />;
  if (list.rows.length === 0) return <StatePage kind="empty" level="p" title={words.none} />;
  return (
    <>
      <ol className="mm-attempts">
        {list.rows.map(({ no, replay_no, failed_at, error }) => (
          <li key={no}>
            <p>
              <strong>{words.of(no)}</strong> <span className="mm-quiet">{words.replay(replay_no)}</span>
            </p>
            <code>{error}</code>
            <div className="mm-small">
              <Moment at={failed_at} inline seconds />
            </div>
          </li>
        ))}
      </ol>
      <ListFooter list={list} />
    </>
  );
}
