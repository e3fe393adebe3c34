import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { ChoiceField } from '../../components/list/choice-fields.tsx';
import { type Column, DataList } from '../../components/list/data-list.tsx';
import { Filters } from '../../components/list/filters.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useListPage } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { StatePage } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import { shortened } from '../short-id.ts';
import { type ErasureRow, erasureStates } from './answers.ts';
import './erasures.css';
import { RequestDialog } from './late-dialogs.ts';
import { ErasureStateTag } from './state-tag.tsx';

const spec: ListSpec = {
  filters: { state: { kind: 'choice', field: 'state', values: erasureStates } },
  sortable: ['requested_at', 'due_at'],
  initialSort: { field: 'requested_at', order: 'desc' },
};
/** The worker goes on with what is under way. */
const pollMs = (rows: readonly ErasureRow[]) =>
  rows.some(({ state }) => state === 'approved' || state === 'running') ? 5_000 : 30_000;

const words = () => text.erasures;
const columns = (): readonly Column<ErasureRow>[] => [
  {
    key: 'id',
    title: words().one,
    card: 'heading',
    width: 190,
    render: ({ id }) => (
      <Link className="mm-row-title" to={`/erasures/${id}`}>
        {shortened(id)}
      </Link>
    ),
  },
  { key: 'reason', title: text.reason.label, card: 'fact', from: 900, render: ({ reason }) => reason },
  {
    key: 'state',
    title: words().state,
    card: 'badge',
    width: 230,
    render: (row) => <ErasureStateTag {...row} />,
  },
  {
    key: 'progress',
    title: words().progress,
    card: 'fact',
    width: 180,
    render: ({ step_count: all, open_step_count: open }) =>
      all === 0 ? text.time.none : words().ended(all - open, all),
  },
  {
    key: 'requested_at',
    title: words().requestedAt,
    card: 'fact',
    width: 190,
    from: 1100,
    render: ({ requested_at: at }) => <Moment at={at} />,
  },
  { key: 'due_at', title: words().dueAt, card: 'fact', width: 190, render: ({ due_at: at }) => <Moment at={at} /> },
];

/** Requests to erase an account, for compliance staff (CO-01). */
export default function ErasureList() {
  const list = useListPage<ErasureRow>({ resource: 'erasure_requests', spec, pollMs });
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  return (
    <Page
      title={words().title}
      lead={words().lead}
      actions={<Button onClick={() => setAsking(true)}>{words().request.open}</Button>}
    >
      <Filters list={list}>
        <ChoiceField
          list={list}
          name="state"
          label={words().state}
          choices={erasureStates.map((value) => ({ value, label: words().states[value] }))}
        />
      </Filters>
      <DataList
        list={list}
        label={words().title}
        columns={columns()}
        empty={<StatePage kind="empty" level="h2" title={words().emptyTitle} body={words().emptyBody} />}
      />
      <RequestDialog open={asking} onDone={(id) => navigate(`/erasures/${id}`)} onClose={() => setAsking(false)} />
    </Page>
  );
}
