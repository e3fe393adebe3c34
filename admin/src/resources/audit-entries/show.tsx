import { useParams } from 'react-router';
import { Moment } from '../../components/moment.tsx';
import { Facts, Page, Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton } from '../../components/states.tsx';
import { useAccount, useOffered } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import { useTrail } from '../../shell/breadcrumbs.tsx';
import type { AuditRow } from '../rows.ts';
import { useRecord } from '../use-record.ts';
import './audit.css';
import { EntryChanges } from './entry-details.tsx';
import { EntryFacts } from './entry-facts.tsx';
import { ObjectLink } from './object-link.tsx';
import { SealTag } from './seal.tsx';
import { CheckEntry } from './verify/check-entry.tsx';
import { actionWords, actorWords, doorWords, roleWords } from './words.ts';

const sealingMs = 2000;

/** One entry under an address of its own, to be sent to whoever has to see it. */
export default function AuditShow() {
  const { id } = useParams();
  const own = useAccount().role === 'coach';
  const { row, error, isLoading, refetch } = useRecord<AuditRow>({
    resource: 'audit_entries',
    id,
    pollMs: (entry) => (entry?.batch_no === null ? sealingMs : false),
  });
  useTrail(row && actionWords(row.action));
  if (row) return <EntryPage entry={row} />;
  if (isLoading) return <PageSkeleton />;
  return (
    <Page title={text.audit.one}>
      <div className="mm-card">
        <ErrorState
          title={text.errors.recordTitle}
          error={error}
          onRetry={refetch}
          back={{ label: text.actions.backTo(own ? text.audit.activityTitle : text.audit.title), to: '/audit-log' }}
        />
      </div>
    </Page>
  );
}

function EntryPage({ entry }: { entry: AuditRow }) {
  const actor = actorWords(entry);
  const role = roleWords(entry.actor_role);
  const mayExport = useOffered('audit_entries', 'export');
  return (
    <Page title={actionWords(entry.action)} aside={<SealTag entry={entry} />}>
      <div className="mm-columns">
        <Panel title={text.audit.changes}>
          <EntryChanges key={entry.id} entry={entry} />
        </Panel>
        <Panel title={text.audit.about}>
          <div className="mm-stack">
            <Facts
              items={[
                [text.audit.columns.who, role && role !== actor ? `${actor} (${role})` : actor],
                [text.audit.columns.when, <Moment key="w" at={entry.occurred_at} seconds />],
                [text.audit.columns.object, <ObjectLink key="o" entry={entry} />],
                [text.audit.columns.door, doorWords(entry.door)],
                [text.audit.action, <code key="a">{entry.action}</code>],
              ]}
            />
            <EntryFacts entry={entry} />
            {mayExport ? <CheckEntry key={entry.id} entry={entry} /> : null}
          </div>
        </Panel>
      </div>
    </Page>
  );
}
