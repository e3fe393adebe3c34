import { ChoiceField, OneOfField } from '../../components/list/choice-fields.tsx';
import { DataList } from '../../components/list/data-list.tsx';
import { RangeField, TextField } from '../../components/list/filter-fields.tsx';
import { Filters } from '../../components/list/filters.tsx';
import { useListPage } from '../../components/list/use-list-page.ts';
import { Page } from '../../components/page.tsx';
import { StatePage } from '../../components/states.tsx';
import { useAccount, useOffered } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import type { AuditRow } from '../rows.ts';
import { ActorField } from './actor-field.tsx';
import './audit.css';
import { auditColumns } from './columns.tsx';
import { EntryDetails } from './entry-details.tsx';
import { ExportButton } from './export/export-button.tsx';
import { auditList, filterWords } from './filters.ts';
import { LogState } from './log-state.tsx';
import { actions, actionWords, doors, doorWords, objectTypes, objectWords } from './words.ts';

/** Entries are sealed within a second or two; until then the list is read again. */
const sealingMs = 2000;

export default function AuditList() {
  const own = useAccount().role === 'coach';
  const mayExport = useOffered('audit_entries', 'export');
  const list = useListPage<AuditRow>({
    resource: 'audit_entries',
    spec: auditList,
    pollMs: (rows) => (rows.some(({ batch_no }) => batch_no === null) ? sealingMs : false),
  });
  return (
    <Page
      title={own ? text.audit.activityTitle : text.audit.title}
      lead={own ? text.audit.activityLead : text.audit.lead}
      actions={mayExport ? <ExportButton values={list.state.values} /> : null}
    >
      <LogState />
      <Filters list={list}>
        <ActorField list={list} />
        <OneOfField
          list={list}
          name="action"
          label={filterWords('action')}
          width={210}
          choices={actions.map((value) => ({ value, label: actionWords(value) }))}
        />
        <OneOfField
          list={list}
          name="type"
          label={filterWords('type')}
          choices={objectTypes.map((value) => ({ value, label: objectWords(value) }))}
        />
        <TextField list={list} name="object" label={filterWords('object')} />
        <TextField list={list} name="request" label={filterWords('request')} />
        <ChoiceField
          list={list}
          name="door"
          label={filterWords('door')}
          choices={doors.map((value) => ({ value, label: doorWords(value) }))}
        />
        <RangeField list={list} name="when" label={filterWords('when')} />
      </Filters>
      <DataList
        list={list}
        label={own ? text.audit.activityTitle : text.audit.title}
        columns={auditColumns}
        expand={(entry) => <EntryDetails entry={entry} />}
        nameOf={({ action, occurred_at }) =>
          `${actionWords(action)}, ${exact(new Date(occurred_at), { seconds: true })}`
        }
        empty={<StatePage kind="empty" level="h2" title={text.audit.emptyTitle} body={text.audit.emptyBody} />}
      />
    </Page>
  );
}
