import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Copyable } from '../../components/copyable.tsx';
import { Facts } from '../../components/page.tsx';
import { text } from '../../locales/index.ts';
import type { AuditRow } from '../rows.ts';
import { auditListUrl } from './filters.ts';
import { SealSentences } from './seal.tsx';

type Fact = readonly [string, ReactNode];

/** Why it happened, whether it is sealed, and the ids by which it is followed elsewhere. */
export function EntryFacts({ entry, linksToItself = false }: { entry: AuditRow; linksToItself?: boolean }) {
  const { actor_subject: subject, object_id: objectId, request_id: requestId } = entry;
  const facts: (Fact | false)[] = [
    [text.audit.reason, entry.reason ?? <span className="mm-quiet">{text.audit.noReason}</span>],
    [text.audit.seal.label, <SealSentences key="seal" entry={entry} />],
    Boolean(entry.acting_as?.sub) && [text.audit.actingAsLabel, entry.acting_as?.sub],
    subject !== null && [
      text.audit.actorId,
      <Followed key="s" id={subject} what={text.audit.actorId} to={auditListUrl('actor', subject)}>
        {text.audit.ofActor}
      </Followed>,
    ],
    objectId !== null && [
      text.audit.objectId,
      <Followed key="o" id={objectId} what={text.audit.objectId} to={auditListUrl('object', objectId)}>
        {text.audit.ofObject}
      </Followed>,
    ],
    requestId !== null && [
      text.audit.requestId,
      <Followed key="r" id={requestId} what={text.audit.requestId} to={auditListUrl('request', requestId)}>
        {text.audit.ofRequest}
      </Followed>,
    ],
    [
      text.audit.entryId,
      linksToItself ? (
        <Followed key="e" id={entry.id} what={text.audit.entryId} to={`/audit-log/${entry.id}`}>
          {text.audit.openEntry}
        </Followed>
      ) : (
        <Copyable key="e" value={entry.id} what={text.audit.entryId} />
      ),
    ],
  ];
  return <Facts items={facts.filter((fact) => fact !== false)} />;
}

type FollowedProps = { id: string; what: string; to: string; children: ReactNode };

/** An id to copy, and where it leads. */
function Followed({ id, what, to, children }: FollowedProps) {
  return (
    <span className="mm-followed">
      <Copyable value={id} what={what} />
      <Link to={to} className="mm-small">
        {children}
      </Link>
    </span>
  );
}
