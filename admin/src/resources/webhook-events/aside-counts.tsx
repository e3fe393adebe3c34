import { PauseCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { type HttpError, useList } from '@refinedev/core';
import { Link } from 'react-router';
import { text } from '../../locales/index.ts';
import type { WebhookEventRow } from '../rows.ts';
import './webhook-events.css';

const pollMs = 10_000;

/** How many events wait for a person, each a way to exactly those. */
export function AsideCounts() {
  const dead = useCount('dead');
  const quarantined = useCount('quarantined');
  if (dead === undefined || quarantined === undefined) return null;
  const { aside } = text.webhooks;
  if (dead + quarantined === 0) return <p className="mm-quiet mm-aside">{aside.none}</p>;
  return (
    <ul className="mm-aside" aria-label={aside.label}>
      {dead > 0 ? (
        <li>
          <WarningOutlined aria-hidden />
          <Link to="?state=dead">{aside.dead(dead)}</Link>
        </li>
      ) : null}
      {quarantined > 0 ? (
        <li>
          <PauseCircleOutlined aria-hidden />
          <Link to="?state=quarantined">{aside.quarantined(quarantined)}</Link>
        </li>
      ) : null}
    </ul>
  );
}

function useCount(state: 'dead' | 'quarantined'): number | undefined {
  const { query, result } = useList<WebhookEventRow, HttpError>({
    resource: 'webhook_events',
    filters: [{ field: 'state', operator: 'eq', value: state }],
    pagination: { currentPage: 1, pageSize: 1 },
    meta: { count: 'exact', select: 'id' },
    queryOptions: { refetchInterval: pollMs },
    errorNotification: false,
  });
  return query.isSuccess ? (result.total ?? 0) : undefined;
}
