import { useState } from 'react';
import { Copyable } from '../../components/copyable.tsx';
import { ChoiceField } from '../../components/list/choice-fields.tsx';
import { DataList } from '../../components/list/data-list.tsx';
import { RangeField } from '../../components/list/filter-fields.tsx';
import { Filters, SearchField } from '../../components/list/filters.tsx';
import { type ListSpec, toCrudFilters } from '../../components/list/list-state.ts';
import { useListPage } from '../../components/list/use-list-page.ts';
import { Facts, Page } from '../../components/page.tsx';
import { RunbookLead } from '../../components/runbook.tsx';
import { StatePage } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import type { WebhookEventRow, WebhookState } from '../rows.ts';
import type { Action } from './action-dialog.tsx';
import { AsideCounts } from './aside-counts.tsx';
import { choiceOfFilters, isAside } from './choice.ts';
import { ChoiceBar } from './choice-bar.tsx';
import { columns } from './columns.tsx';
import { ActionDialog } from './late-action-dialog.ts';

const states = [
  'dead',
  'quarantined',
  'received',
  'processed',
  'ignored',
  'discarded',
] as const satisfies WebhookState[];
const providers = Object.keys(text.webhooks.providers);

/** What the providers send, and what of it the product acts on. */
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
  'user.created',
  'user.updated',
  'user.deleted',
  'session.ended',
  'session.removed',
  'session.revoked',
  'email.bounced',
  'email.complained',
] as const;

const spec: ListSpec = {
  filters: {
    q: { kind: 'search', fields: ['type', 'event_id', 'object_id'] },
    state: { kind: 'choice', field: 'state', values: states },
    provider: { kind: 'choice', field: 'provider', values: providers },
    type: { kind: 'choice', field: 'type', values: types },
    // As the functions take it: a choice of all that match is exactly what the list shows.
    when: { kind: 'range', field: 'received_at', endLeftOut: true },
  },
  sortable: ['received_at', 'type', 'attempts'],
  initialSort: { field: 'received_at', order: 'desc' },
};

const nameOf = ({ type, received_at: at }: WebhookEventRow) => `${type}, ${exact(new Date(at), { seconds: true })}`;

/** The inbox. What waits to be folded is looked at again every three seconds. */
export default function WebhookEventList() {
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [action, setAction] = useState<Action>();
  const list = useListPage<WebhookEventRow>({
    resource: 'webhook_events',
    spec,
    pollMs: (rows) => (rows.some(({ state }) => state === 'received') ? 3000 : false),
  });
  const { values } = list.state;
  return (
    <Page title={text.webhooks.title} lead={<RunbookLead lead={text.webhooks.lead} name="webhook-dlq" />}>
      <AsideCounts />
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
          name="provider"
          label={text.webhooks.provider}
          choices={providers.map((value) => ({ value, label: text.webhooks.providers[value] ?? value }))}
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
      <ChoiceBar
        selected={selected}
        matching={choiceOfFilters(values, toCrudFilters(spec, values))}
        total={list.total}
        isCapped={list.isCapped}
        onAct={setAction}
        onClear={() => setSelected([])}
      />
      <DataList
        list={list}
        label={text.webhooks.title}
        columns={columns}
        nameOf={nameOf}
        selection={{
          ids: selected,
          onChange: setSelected,
          isSelectable: isAside,
          label: (row) => text.webhooks.choice.select(nameOf(row)),
        }}
        expand={({ event_id, object_id, last_error }) => (
          <Facts
            items={[
              [text.webhooks.lastError, last_error ?? text.webhooks.noError],
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
      <ActionDialog
        action={action}
        onClose={(done) => {
          setAction(undefined);
          if (done) setSelected([]);
        }}
      />
    </Page>
  );
}
