import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { Page } from '../../components/page.tsx';
import { ErrorState, PageSkeleton } from '../../components/states.tsx';
import { ShareStatusTag } from '../../components/status.tsx';
import { useOffered } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import { useTrail } from '../../shell/breadcrumbs.tsx';
import { AuditTrail } from '../audit-entries/audit-trail.tsx';
import { RecipientPlays } from '../plays/recipients.tsx';
import { PlaySessions } from '../plays/sessions.tsx';
import { PlaysSummary } from '../plays/summary.tsx';
import type { ShareLinkRow } from '../rows.ts';
import { useRecord } from '../use-record.ts';
import { writtenRecipient } from './change/editable.ts';
import { DecisionTimeline } from './decision-timeline.tsx';
import { EditShareLink } from './late-dialogs.ts';
import { LinkActions } from './link-actions.tsx';
import { isRevocable, nameOfLink } from './link-name.ts';
import { LinkSettings } from './settings.tsx';
import './share-links.css';
import { useRecipients } from './use-recipients.ts';

export default function ShareLinkShow() {
  const { id } = useParams();
  const { row: link, error, isLoading, refetch } = useRecord<ShareLinkRow>({ resource: 'share_tokens', id });
  useTrail(link && nameOfLink(link));
  if (link) return <ShareLinkPage link={link} />;
  if (isLoading) return <PageSkeleton />;
  return (
    <Page title={text.links.one}>
      <div className="mm-card">
        <ErrorState
          title={text.errors.recordTitle}
          error={error}
          onRetry={refetch}
          back={{ label: text.actions.backTo(text.links.title), to: '/share-links' }}
        />
      </div>
    </Page>
  );
}

function ShareLinkPage({ link }: { link: ShareLinkRow }) {
  const [editing, setEditing] = useState(false);
  const plays = useMemo(() => ({ share_token_id: link.id }), [link.id]);
  const { recipients } = useRecipients(link);
  const mayEdit = useOffered('share_tokens', 'edit') && isRevocable(link) && recipients !== undefined;
  return (
    <Page
      title={nameOfLink(link)}
      aside={<ShareStatusTag status={link.status} video={link.video_status} />}
      lead={<Link to={`/videos/${link.video_id}`}>{link.video_title ?? text.links.columns.video}</Link>}
      actions={<LinkActions link={link} recipients={(recipients ?? []).map(writtenRecipient)} />}
    >
      <div className="mm-columns">
        <div className="mm-stack">
          <DecisionTimeline
            linkId={link.id}
            extra={<Link to={`/why?video=${link.video_id}&link=${link.id}`}>{text.why.ask}</Link>}
          />
          <PlaysSummary of={plays} />
          <AuditTrail title={text.links.history} empty={text.links.noHistory} objects={[link.id]} />
        </div>
        <div className="mm-stack">
          <LinkSettings link={link} recipients={recipients} onEdit={mayEdit ? () => setEditing(true) : undefined} />
        </div>
      </div>
      <div className="mm-stack mm-below">
        <RecipientPlays of={plays} />
        <PlaySessions of={plays} />
      </div>
      {recipients ? (
        <EditShareLink link={link} recipients={recipients} open={editing} onClose={() => setEditing(false)} />
      ) : null}
    </Page>
  );
}
