import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { Copyable } from '../../components/copyable.tsx';
import { Moment } from '../../components/moment.tsx';
import { Facts, Page, Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton } from '../../components/states.tsx';
import { useAccount } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import { useTrail } from '../../shell/breadcrumbs.tsx';
import { AuditTrail } from '../audit-entries/audit-trail.tsx';
import '../audit-entries/audit.css';
import { Sessions } from '../sessions/sessions.tsx';
import { useRecord } from '../use-record.ts';
import type { Act } from './acts.tsx';
import type { ProfileRow } from './answers.ts';
import { PersonAct } from './late-acts.ts';
import './profiles.css';
import { RoleHistory } from './role-history.tsx';
import { ProfileStatusTag } from './status-tag.tsx';

export default function ProfileShow() {
  const { id } = useParams();
  const { row, error, isLoading, refetch } = useRecord<ProfileRow>({ resource: 'profiles', id });
  useTrail(row?.display_name);
  if (row) return <PersonPage person={row} />;
  if (isLoading) return <PageSkeleton />;
  return (
    <Page title={text.people.one}>
      <div className="mm-card">
        <ErrorState
          title={text.errors.recordTitle}
          error={error}
          onRetry={refetch}
          back={{ label: text.actions.backTo(text.people.title), to: '/people' }}
        />
      </div>
    </Page>
  );
}

function PersonPage({ person }: { person: ProfileRow }) {
  const isOwn = useAccount().id === person.id;
  const [act, setAct] = useState<Act>();
  const words = text.people;
  const ending: Act = person.status === 'active' ? 'suspend' : 'restore';
  return (
    <Page
      title={person.display_name}
      aside={<ProfileStatusTag status={person.status} />}
      lead={isOwn ? words.ownAccount : person.email}
      actions={
        isOwn ? null : (
          <>
            <Button onClick={() => setAct('role')}>{words.acts.role}</Button>
            <Button danger={ending === 'suspend'} onClick={() => setAct(ending)}>
              {words.acts[ending]}
            </Button>
          </>
        )
      }
    >
      <div className="mm-columns">
        <Sessions person={{ id: person.id, name: person.display_name }} isOwn={isOwn} />
        <div className="mm-stack">
          <Panel title={words.about}>
            <Facts items={factsOf(person)} />
            {person.role === 'coach' ? (
              <p className="mm-person-links">
                <Link to={`/videos?coach=${person.id}`}>{text.videos.title}</Link>
                <Link to={`/share-links?coach=${person.id}`}>{text.nav.shareLinks}</Link>
              </p>
            ) : null}
          </Panel>
          <RoleHistory profileId={person.id} />
        </div>
      </div>
      <div className="mm-below">
        <AuditTrail title={words.trail} empty={words.noTrail} objects={[person.id]} />
      </div>
      <PersonAct person={person} act={act} onClose={() => setAct(undefined)} />
    </Page>
  );
}

function factsOf(person: ProfileRow) {
  const words = text.people;
  return [
    [words.role, text.account.roles[person.role]],
    [words.assigned, <Moment key="r" at={person.role_assigned_at} absent={words.notAssigned} />],
    ...(person.suspended_at ? ([[words.suspendedSince, <Moment key="s" at={person.suspended_at} />]] as const) : []),
    ...(person.identity_deleted_at
      ? ([[words.gone, <Moment key="g" at={person.identity_deleted_at} />]] as const)
      : []),
    [words.columns.email, person.email ?? text.time.none],
    [words.columns.lastSeen, <Moment key="l" at={person.last_seen_at} absent={text.time.never} />],
    [words.columns.firstSeen, <Moment key="f" at={person.created_at} />],
    [words.subject, <Copyable key="u" value={person.subject} what={words.subject} />],
    [words.id, <Copyable key="i" value={person.id} what={words.id} />],
  ] as const;
}
