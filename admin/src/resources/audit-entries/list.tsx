import { Link } from 'react-router';
import { type Column, DataList } from '../../components/list/data-list.tsx';
import { ChoiceField, RangeField, TextField } from '../../components/list/filter-fields.tsx';
import { Filters, SearchField } from '../../components/list/filters.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useListPage } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { StatePage } from '../../components/states.tsx';
import { useAccount, useOffered } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import type { AuditRow } from '../rows.ts';
import { EntryDetails } from './entry-details.tsx';
import { actions, actionWords, actorWords, doors, doorWords, objectTypes, objectWords, roleWords } from './words.ts';

const spec: ListSpec = {
  filters: {
    actor: { kind: 'search', fields: ['actor_name', 'actor_subject'] },
    action: { kind: 'choice', field: 'action', values: actions },
    type: { kind: 'choice', field: 'object_type', values: objectTypes },
    object: { kind: 'text', field: 'object_id' },
    door: { kind: 'choice', field: 'door', values: doors },
    when: { kind: 'range', field: 'occurred_at' },
  },
  sortable: ['occurred_at'],
  initialSort: { field: 'occurred_at', order: 'desc' },
};

const columns: readonly Column<AuditRow>[] = [
  {
    key: 'action',
    title: text.audit.columns.what,
    card: 'heading',
    width: 190,
    render: ({ action }) => <span className="mm-row-title">{actionWords(action)}</span>,
  },
  {
    key: 'actor',
    title: text.audit.columns.who,
    card: 'fact',
    width: 180,
    render: (entry) => {
      const actor = actorWords(entry);
      const role = roleWords(entry.actor_role);
      return (
        <>
          {actor}
          {role && role !== actor ? <div className="mm-quiet mm-small">{role}</div> : null}
        </>
      );
    },
  },
  {
    key: 'occurred_at',
    title: text.audit.columns.when,
    card: 'fact',
    width: 190,
    render: ({ occurred_at: at }) => <Moment at={at} seconds />,
  },
  {
    key: 'object',
    title: text.audit.columns.object,
    card: 'fact',
    width: 130,
    render: (entry) => <ObjectLink entry={entry} />,
  },
  {
    key: 'door',
    title: text.audit.columns.door,
    card: 'fact',
    width: 130,
    from: 1300,
    render: ({ door }) => doorWords(door),
  },
  {
    key: 'reason',
    title: text.audit.columns.reason,
    card: 'fact',
    from: 1100,
    render: ({ reason }) => reason,
  },
];

function ObjectLink({ entry }: { entry: AuditRow }) {
  const mayOpen = {
    video: useOffered('videos', 'show'),
    share_token: useOffered('share_tokens', 'show'),
  };
  const name = objectWords(entry.object_type);
  if (entry.object_type === 'video' && mayOpen.video) return <Link to={`/videos/${entry.object_id}`}>{name}</Link>;
  if (entry.object_type === 'share_token' && mayOpen.share_token) {
    return <Link to={`/share-links/${entry.object_id}`}>{name}</Link>;
  }
  return name;
}

export default function AuditList() {
  const own = useAccount().role === 'coach';
  const list = useListPage<AuditRow>({ resource: 'audit_entries', spec });
  return (
    <Page
      title={own ? text.audit.activityTitle : text.audit.title}
      lead={own ? text.audit.activityLead : text.audit.lead}
    >
      <Filters list={list}>
        <SearchField list={list} name="actor" label={text.audit.searchLabel} />
        <ChoiceField
          list={list}
          name="action"
          label={text.audit.action}
          width={210}
          choices={actions.map((value) => ({ value, label: actionWords(value) }))}
        />
        <ChoiceField
          list={list}
          name="type"
          label={text.audit.objectType}
          choices={objectTypes.map((value) => ({ value, label: objectWords(value) }))}
        />
        <ChoiceField
          list={list}
          name="door"
          label={text.audit.door}
          choices={doors.map((value) => ({ value, label: doorWords(value) }))}
        />
        <TextField list={list} name="object" label={text.audit.objectId} />
        <RangeField list={list} name="when" label={text.audit.when} />
      </Filters>
      <DataList
        list={list}
        label={own ? text.audit.activityTitle : text.audit.title}
        columns={columns}
        expand={(entry) => <EntryDetails entry={entry} />}
        nameOf={({ action, occurred_at }) =>
          `${actionWords(action)}, ${exact(new Date(occurred_at), { seconds: true })}`
        }
        empty={<StatePage kind="empty" level="h2" title={text.audit.emptyTitle} body={text.audit.emptyBody} />}
      />
    </Page>
  );
}
