import { DownloadOutlined } from '@ant-design/icons';
import { useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { Copyable } from '../../components/copyable.tsx';
import { type Column, DataList } from '../../components/list/data-list.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useEmbeddedList } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Facts, Page, Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton, StatePage } from '../../components/states.tsx';
import { WorkingButton } from '../../components/working-button.tsx';
import { text } from '../../locales/index.ts';
import { useTrail } from '../../shell/breadcrumbs.tsx';
import { exact } from '../../time/format.ts';
import type { RevocationRow, RevokedTokenRow } from '../rows.ts';
import { nameOfLink } from '../share-links/link-name.ts';
import { useRecord } from '../use-record.ts';
import { useReceiptFile } from './use-receipt-file.ts';

const spec: ListSpec = {
  filters: {},
  sortable: ['last_byte_possible_by'],
  initialSort: { field: 'last_byte_possible_by', order: 'desc' },
};

export default function RevocationShow() {
  const { id } = useParams();
  const { row, error, isLoading, refetch } = useRecord<RevocationRow>({ resource: 'revocations', id });
  useTrail(row?.reason);
  if (row) return <RevocationPage row={row} />;
  if (isLoading) return <PageSkeleton />;
  return (
    <Page title={text.revocations.one}>
      <div className="mm-card">
        <ErrorState
          title={text.errors.recordTitle}
          error={error}
          onRetry={refetch}
          back={{ label: text.actions.backTo(text.revocations.title), to: '/revocations' }}
        />
      </div>
    </Page>
  );
}

function RevocationPage({ row }: { row: RevocationRow }) {
  const { save, isSaving } = useReceiptFile(row.id);
  return (
    <Page
      title={text.revocations.heading(row.token_count)}
      lead={row.reason}
      actions={
        <WorkingButton icon={<DownloadOutlined aria-hidden />} isWorking={isSaving} onClick={save}>
          {text.revocations.download}
        </WorkingButton>
      }
    >
      <div className="mm-columns">
        <Lines revocationId={row.id} />
        <Panel title={text.revocations.one}>
          <Facts
            items={[
              [text.revocations.columns.revokedAt, <Moment key="at" at={row.revoked_at} seconds />],
              [text.links.revokedBy, row.revoked_by_name ?? text.time.none],
              [text.reason.label, row.reason],
              [
                text.revocations.columns.scope,
                row.of_video_id ? (
                  <Link key="s" to={`/videos/${row.of_video_id}`}>
                    {text.revocations.scopes.video}
                  </Link>
                ) : row.of_coach_id ? (
                  text.revocations.scopes.coach
                ) : row.filter ? (
                  <Criteria key="f" filter={row.filter} />
                ) : (
                  text.revocations.scopes.chosen
                ),
              ],
              [text.links.revoke.lastByte, <Moment key="by" at={row.last_byte_possible_by} seconds />],
              [text.revocations.id, <Copyable key="id" value={row.id} what={text.revocations.id} />],
            ]}
          />
        </Panel>
      </div>
    </Page>
  );
}

const columns: readonly Column<RevokedTokenRow>[] = [
  {
    key: 'label',
    title: text.links.columns.label,
    card: 'heading',
    render: (line) => (
      <Link className="mm-row-title" to={`/share-links/${line.id}`}>
        {nameOfLink({ label: line.label, public_id: line.public_id ?? line.id })}
      </Link>
    ),
  },
  {
    key: 'last_decision_at',
    title: text.revocations.columns.lastIn,
    card: 'fact',
    width: 172,
    render: ({ last_decision_at: at }) => <Moment at={at} absent={text.links.bulk.neverOpened} seconds />,
  },
  {
    key: 'last_heartbeat_at',
    title: text.revocations.columns.lastHeartbeat,
    card: 'fact',
    width: 160,
    from: 1300,
    render: ({ last_heartbeat_at: at }) => <Moment at={at} absent={text.time.never} seconds />,
  },
  {
    key: 'last_byte_possible_by',
    title: text.revocations.columns.lastByte,
    card: 'fact',
    width: 172,
    render: ({ last_byte_possible_by: at, dead_since: dead }) =>
      dead ? <Moment at={dead} prefix={text.revocations.dead} seconds /> : <Moment at={at} seconds />,
  },
];

function Lines({ revocationId }: { revocationId: string }) {
  const list = useEmbeddedList<RevokedTokenRow>({
    resource: 'revoked_tokens',
    spec,
    pageSize: 25,
    permanent: useMemo(() => [{ field: 'revocation_id', operator: 'eq', value: revocationId }], [revocationId]),
  });
  return (
    <Panel title={text.revocations.lines} flush>
      <DataList
        list={list}
        label={text.revocations.lines}
        columns={columns}
        empty={<StatePage kind="empty" level="p" title={text.revocations.noLines} />}
      />
    </Panel>
  );
}

/** By what the links were chosen, as the list's filters are called. */
function Criteria({ filter }: { filter: Record<string, string> }) {
  const names = text.revocations.criteria;
  return (
    <ul className="mm-lines">
      {Object.entries(filter).map(([name, value]) => (
        <li key={name}>
          {names[name] ?? name}: {/_(from|before)$/.test(name) ? exact(new Date(value)) : value}
        </li>
      ))}
    </ul>
  );
}
