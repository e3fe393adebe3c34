import { Link } from 'react-router';
import { type Column, DataList } from '../../components/list/data-list.tsx';
import { RangeField } from '../../components/list/filter-fields.tsx';
import { Filters, SearchField } from '../../components/list/filters.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useListPage } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { StatePage } from '../../components/states.tsx';
import { useAccount } from '../../config/account.ts';
import { locale, text } from '../../locales/index.ts';
import type { RevocationRow } from '../rows.ts';

const spec: ListSpec = {
  filters: {
    q: { kind: 'search', fields: ['reason'] },
    when: { kind: 'range', field: 'revoked_at' },
  },
  sortable: ['revoked_at', 'token_count'],
  initialSort: { field: 'revoked_at', order: 'desc' },
};

const columns: readonly Column<RevocationRow>[] = [
  {
    key: 'reason',
    title: text.reason.label,
    card: 'heading',
    render: ({ id, reason }) => (
      <Link className="mm-row-title" to={`/revocations/${id}`}>
        {reason}
      </Link>
    ),
  },
  {
    key: 'token_count',
    title: text.revocations.columns.count,
    card: 'fact',
    width: 90,
    align: 'right',
    render: ({ token_count: count }) => <span className="mm-nums">{count.toLocaleString(locale)}</span>,
  },
  {
    key: 'revoked_at',
    title: text.revocations.columns.revokedAt,
    card: 'fact',
    width: 190,
    render: ({ revoked_at: at }) => <Moment at={at} seconds />,
  },
  {
    key: 'by',
    title: text.links.revokedBy,
    card: 'fact',
    width: 170,
    from: 1000,
    render: ({ revoked_by_name: name }) => name ?? text.time.none,
  },
  {
    key: 'last_byte_possible_by',
    title: text.revocations.columns.lastByte,
    card: 'fact',
    width: 190,
    from: 1200,
    render: ({ last_byte_possible_by: at }) => <Moment at={at} seconds />,
  },
];

/** The receipts of links that were taken back together. */
export default function RevocationList() {
  const ofAllCoaches = useAccount().role !== 'coach';
  const list = useListPage<RevocationRow>({ resource: 'revocations', spec });
  return (
    <Page title={text.revocations.title} lead={ofAllCoaches ? text.revocations.leadAll : text.revocations.lead}>
      <Filters list={list}>
        <SearchField list={list} name="q" label={text.revocations.searchLabel} />
        <RangeField list={list} name="when" label={text.revocations.when} />
      </Filters>
      <DataList
        list={list}
        label={text.revocations.title}
        columns={columns}
        empty={
          <StatePage kind="empty" level="h2" title={text.revocations.emptyTitle} body={text.revocations.emptyBody} />
        }
      />
    </Page>
  );
}
