import { Copyable } from '../../components/copyable.tsx';
import { type Column, DataList } from '../../components/list/data-list.tsx';
import { ChoiceField, RangeField } from '../../components/list/filter-fields.tsx';
import { Filters, SearchField } from '../../components/list/filters.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useListPage } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Facts, Page } from '../../components/page.tsx';
import { StatePage } from '../../components/states.tsx';
import { WebhookStateTag } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import type { WebhookEventRow, WebhookState } from '../rows.ts';

const states = [
  'received',
  'processing',
  'processed',
  'ignored',
  'dead',
  'quarantined',
] as const satisfies WebhookState[];

/** What the video service sends, and what of it the product acts on. */
const types = [
  'video.upload.created',
  'video.upload.asset_created',
  'video.upload.cancelled',
  'video.upload.errored',
  'video.asset.created',
  'video.asset.ready',
  'video.asset.updated',
  'video.asset.errored',
  'video.asset.deleted',
] as const;

const spec: ListSpec = {
  filters: {
    q: { kind: 'search', fields: ['type', 'event_id', 'object_id'] },
    state: { kind: 'choice', field: 'state', values: states },
    type: { kind: 'choice', field: 'type', values: types },
    when: { kind: 'range', field: 'received_at' },
  },
  sortable: ['received_at', 'type', 'attempts'],
  initialSort: { field: 'received_at', order: 'desc' },
};

const columns: readonly Column<WebhookEventRow>[] = [
  {
    key: 'type',
    title: text.webhooks.columns.type,
    card: 'heading',
    render: ({ type }) => <code className="mm-row-title">{type}</code>,
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
    width: 190,
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
    width: 100,
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

function shortened(id: string): string {
  return id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id;
}

export default function WebhookEventList() {
  const list = useListPage<WebhookEventRow>({ resource: 'webhook_events', spec });
  return (
    <Page title={text.webhooks.title} lead={text.webhooks.lead}>
      <Filters list={list}>
        <SearchField list={list} name="q" label={text.webhooks.searchLabel} />
        <ChoiceField
          list={list}
          name="state"
          label={text.webhooks.columns.state}
          choices={states.map((value) => ({ value, label: text.webhooks.state[value] }))}
        />
        <ChoiceField
          list={list}
          name="type"
          label={text.webhooks.columns.type}
          width={230}
          choices={types.map((value) => ({ value, label: value }))}
        />
        <RangeField list={list} name="when" label={text.webhooks.when} />
      </Filters>
      <DataList
        list={list}
        label={text.webhooks.title}
        columns={columns}
        nameOf={({ type, event_id }) => `${type} ${event_id}`}
        expand={({ provider, event_id, object_id, last_error }) => (
          <Facts
            items={[
              [text.webhooks.lastError, last_error ?? text.webhooks.noError],
              [text.webhooks.provider, provider],
              [text.webhooks.eventId, <Copyable key="e" value={event_id} what={text.webhooks.eventId} />],
              [
                text.webhooks.objectId,
                object_id ? <Copyable key="o" value={object_id} what={text.webhooks.objectId} /> : text.time.none,
              ],
            ]}
          />
        )}
        empty={<StatePage kind="empty" level="h2" title={text.webhooks.emptyTitle} body={text.webhooks.emptyBody} />}
      />
    </Page>
  );
}
