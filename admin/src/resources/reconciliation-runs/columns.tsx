import { Link } from 'react-router';
import { Copyable } from '../../components/copyable.tsx';
import type { Column } from '../../components/list/data-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { locale, text } from '../../locales/index.ts';
import type { ReconciliationFindingRow, ReconciliationRunRow } from '../rows.ts';
import { shortened } from '../short-id.ts';
import { ReconciliationOutcomeTag } from './outcome-tag.tsx';
import { findingsTotal, kindWords } from './words.ts';

const { columns } = text.reconciliation;

export const runColumns: readonly Column<ReconciliationRunRow>[] = [
  {
    key: 'kind',
    title: columns.kind,
    card: 'heading',
    render: ({ id, kind, is_dry_run: isDry, started_at }) => (
      <Link className="mm-row-title" to={`/reconciliation/${id}`}>
        {text.reconciliation.kinds[kind]}
        {isDry ? ` ${text.reconciliation.dry}` : ''}
        <span className="mm-visually-hidden"> {started_at}</span>
      </Link>
    ),
  },
  {
    key: 'outcome',
    title: columns.outcome,
    card: 'badge',
    width: 200,
    render: ({ outcome }) => <ReconciliationOutcomeTag outcome={outcome} />,
  },
  {
    key: 'started_at',
    title: columns.started,
    card: 'fact',
    width: 200,
    render: ({ started_at: at }) => <Moment at={at} seconds />,
  },
  {
    key: 'ended_at',
    title: columns.ended,
    card: 'fact',
    width: 200,
    from: 1100,
    render: ({ ended_at: at }) => <Moment at={at} absent={text.reconciliation.underWay} seconds />,
  },
  {
    key: 'seen',
    title: columns.seen,
    card: 'fact',
    width: 170,
    render: ({ uploads_seen, assets_seen }) => text.reconciliation.seen(uploads_seen, assets_seen),
  },
  {
    key: 'found',
    title: columns.found,
    card: 'fact',
    width: 110,
    align: 'right',
    render: ({ found }) => <span className="mm-nums">{findingsTotal(found).toLocaleString(locale)}</span>,
  },
];

export const findingColumns: readonly Column<ReconciliationFindingRow>[] = [
  {
    key: 'kind',
    title: columns.finding,
    card: 'heading',
    render: ({ kind }) => (
      <>
        {kindWords(kind)}
        <div className="mm-quiet mm-small">
          <code>{kind}</code>
        </div>
      </>
    ),
  },
  {
    key: 'action',
    title: columns.action,
    card: 'fact',
    width: 160,
    render: ({ action }) => text.reconciliation.actions[action] ?? action,
  },
  {
    key: 'subject',
    title: columns.subject,
    card: 'fact',
    width: 190,
    render: ({ subject }) => <Copyable value={subject} short={shortened(subject)} what={columns.subject} />,
  },
  {
    key: 'found_at',
    title: columns.foundAt,
    card: 'fact',
    width: 200,
    from: 1500,
    render: ({ found_at: at }) => <Moment at={at} seconds />,
  },
];
