import { DeleteOutlined, RedoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { Copyable } from '../../components/copyable.tsx';
import { Moment } from '../../components/moment.tsx';
import { Facts, Page, Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton } from '../../components/states.tsx';
import { WebhookStateTag } from '../../components/status.tsx';
import { useOffered } from '../../config/account.ts';
import { locale, text } from '../../locales/index.ts';
import { useTrail } from '../../shell/breadcrumbs.tsx';
import type { WebhookEventRow } from '../rows.ts';
import { useRecord } from '../use-record.ts';
import type { Action } from './action-dialog.tsx';
import { Attempts } from './attempts.tsx';
import { choiceOfIds, isAside } from './choice.ts';
import { ActionDialog } from './late-action-dialog.ts';
import { Payload } from './payload.tsx';

/** One event. While it waits to be folded, it is looked at again every two seconds. */
export default function WebhookEventShow() {
  const { id } = useParams();
  const { row, error, isLoading, refetch } = useRecord<WebhookEventRow>({
    resource: 'webhook_events',
    id,
    pollMs: (event) => (event?.state === 'received' ? 2000 : false),
  });
  useTrail(row?.type);
  if (row) return <EventPage event={row} />;
  if (isLoading) return <PageSkeleton />;
  return (
    <Page title={text.webhooks.one}>
      <div className="mm-card">
        <ErrorState
          title={text.errors.recordTitle}
          error={error}
          onRetry={refetch}
          back={{ label: text.actions.backTo(text.webhooks.title), to: '/webhook-events' }}
        />
      </div>
    </Page>
  );
}

function EventPage({ event }: { event: WebhookEventRow }) {
  const [action, setAction] = useState<Action>();
  const mayReplay = useOffered('webhook_events', 'replay') && isAside(event);
  const mayDiscard = useOffered('webhook_events', 'discard') && isAside(event);
  const act = (kind: Action['kind']) => setAction({ kind, choice: choiceOfIds([event.id]) });
  const { choice } = text.webhooks;
  return (
    <Page
      title={event.type}
      aside={<WebhookStateTag state={event.state} />}
      lead={text.webhooks.oneLead(text.webhooks.providers[event.provider] ?? event.provider)}
      actions={
        <>
          {mayReplay ? (
            <Button type="primary" icon={<RedoOutlined aria-hidden />} onClick={() => act('replay')}>
              {choice.replay}
            </Button>
          ) : null}
          {mayDiscard ? (
            <Button danger icon={<DeleteOutlined aria-hidden />} onClick={() => act('discard')}>
              {choice.discard}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="mm-columns">
        <div className="mm-stack">
          <Attempts eventId={event.id} isWaiting={event.state === 'received'} />
          <Payload key={event.id} eventId={event.id} />
        </div>
        <Details event={event} />
      </div>
      <ActionDialog action={action} onClose={() => setAction(undefined)} />
    </Page>
  );
}

function Details({ event }: { event: WebhookEventRow }) {
  const { columns, ...words } = text.webhooks;
  return (
    <Panel title={words.details}>
      <Facts
        items={[
          [columns.received, <Moment key="r" at={event.received_at} seconds />],
          [words.signed, <Moment key="s" at={event.signed_at} seconds />],
          ...(event.processed_at
            ? ([[columns.processed, <Moment key="p" at={event.processed_at} seconds />]] as const)
            : []),
          ...(event.state === 'received'
            ? ([[words.nextAttempt, <Moment key="n" at={event.next_attempt_at} seconds />]] as const)
            : []),
          [columns.attempts, event.attempts.toLocaleString(locale)],
          [words.replays, event.replays.toLocaleString(locale)],
          [words.lastError, event.last_error ? <code key="l">{event.last_error}</code> : words.noError],
          [
            words.objectId,
            event.object_id ? <Copyable key="o" value={event.object_id} what={words.objectId} /> : text.time.none,
          ],
          [words.eventId, <Copyable key="e" value={event.event_id} what={words.eventId} />],
        ]}
      />
    </Panel>
  );
}
