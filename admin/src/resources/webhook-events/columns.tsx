import { Link } from 'react-router';
import { Copyable } from '../../components/copyable.tsx';
import type { Column } from '../../components/list/data-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { WebhookStateTag } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import type { WebhookEventRow } from '../rows.ts';
import { shortened } from '../short-id.ts';

export const columns: readonly Column<WebhookEventRow>[] = [
  {
    key: 'type',
    title: text.webhooks.columns.type,
    card: 'heading',
    render: ({ id, type, provider }) => (
      <>
        <Link className="mm-row-title" to={`/webhook-events/${id}`}>
          <code>{type}</code>
        </Link>
        <div className="mm-quiet mm-small">{text.webhooks.providers[provider] ?? provider}</div>
      </>
    ),
  },
  {
    key: 'state',
    title: text.webhooks.columns.state,
    card: 'badge',
    width: 150,
    render: ({ state }) => <WebhookStateTag state={state} />,
  },
  {
    key: 'received_at',
    title: text.webhooks.columns.received,
    card: 'fact',
    width: 215,
    render: ({ received_at: at }) => <Moment at={at} seconds />,
  },
  {
    key: 'object_id',
    title: text.webhooks.columns.object,
    card: 'fact',
    width: 190,
    render: ({ object_id: id }) =>
      id ? <Copyable value={id} short={shortened(id)} what={text.webhooks.objectId} /> : text.time.none,
  },
  {
    key: 'attempts',
    title: text.webhooks.columns.attempts,
    card: 'fact',
    width: 130,
    from: 1100,
    align: 'right',
    render: ({ attempts }) => <span className="mm-nums">{attempts}</span>,
  },
  {
    key: 'processed_at',
    title: text.webhooks.columns.processed,
    card: 'fact',
    width: 190,
    from: 1300,
    render: ({ processed_at: at }) => <Moment at={at} seconds />,
  },
];
