import { CheckCircleOutlined, ClockCircleOutlined } from '@ant-design/icons';
import { useMemo } from 'react';
import { type Column, DataList } from '../../components/list/data-list.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useEmbeddedList } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/page.tsx';
import { Status } from '../../components/status.tsx';
import { locale, text } from '../../locales/index.ts';
import type { RecipientPlaysRow } from '../rows.ts';
import type { PlaysOf } from './answers.ts';
import { watchTime } from './measures.ts';

const words = text.plays.recipients;

const spec: ListSpec = { filters: {}, sortable: [], initialSort: { field: 'play_count', order: 'asc' } };

const columns: readonly Column<RecipientPlaysRow>[] = [
  {
    key: 'value',
    title: words.columns.recipient,
    card: 'heading',
    render: ({ kind, value }) => (kind === 'domain' ? words.domain(value) : value),
  },
  {
    key: 'state',
    title: words.columns.state,
    card: 'badge',
    width: 180,
    render: ({ play_count: count }) =>
      count > 0 ? (
        <Status tone="good" icon={<CheckCircleOutlined />}>
          {words.watched}
        </Status>
      ) : (
        <Status tone="warn" icon={<ClockCircleOutlined />}>
          {words.notWatched}
        </Status>
      ),
  },
  {
    key: 'play_count',
    title: words.columns.plays,
    card: 'fact',
    width: 80,
    align: 'right',
    render: ({ play_count: count }) => <span className="mm-nums">{count.toLocaleString(locale)}</span>,
  },
  {
    key: 'watch_seconds',
    title: words.columns.time,
    card: 'fact',
    width: 130,
    align: 'right',
    render: ({ watch_seconds: seconds }) => <span className="mm-nums">{watchTime(seconds)}</span>,
  },
  {
    key: 'last_played_at',
    title: words.columns.last,
    card: 'fact',
    width: 190,
    render: ({ last_played_at: at }) => <Moment at={at} absent={text.time.never} />,
  },
];

/** Of those that links are for: who has watched, and first of all who has not. Nothing where links are for everybody who has them. */
export function RecipientPlays({ of }: { of: PlaysOf }) {
  const list = useEmbeddedList<RecipientPlaysRow>({
    resource: 'recipient_plays',
    spec,
    pageSize: 10,
    permanent: useMemo(
      () => Object.entries(of).map(([field, value]) => ({ field, operator: 'eq' as const, value })),
      [of],
    ),
    pollMs: () => 20_000,
  });
  if (!list.error && list.rows.length === 0) return null;
  return (
    <Panel title={words.title} flush>
      <DataList list={list} label={words.title} columns={columns} empty={null} />
    </Panel>
  );
}
