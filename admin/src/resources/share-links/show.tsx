import { StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { Copyable } from '../../components/copyable.tsx';
import { Countdown, Moment } from '../../components/moment.tsx';
import { Facts, Page, Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton } from '../../components/states.tsx';
import { ShareStatusTag } from '../../components/status.tsx';
import { useAccount, useOffered } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import { useTrail } from '../../shell/breadcrumbs.tsx';
import { AuditTrail } from '../audit-entries/audit-trail.tsx';
import type { ShareLinkRow } from '../rows.ts';
import { useRecord } from '../use-record.ts';
import { DecisionTimeline } from './decision-timeline.tsx';
import { LabelForm } from './label-form.tsx';
import { isRevocable, nameOfLink } from './link-name.ts';
import { RevokeShareLink } from './revoke.tsx';

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
  const [revoking, setRevoking] = useState(false);
  const mayRevoke = useOffered('share_tokens', 'revoke') && isRevocable(link);
  return (
    <Page
      title={nameOfLink(link)}
      aside={<ShareStatusTag status={link.status} />}
      lead={<Link to={`/videos/${link.video_id}`}>{link.video_title ?? text.links.columns.video}</Link>}
      actions={
        mayRevoke ? (
          <Button danger icon={<StopOutlined aria-hidden />} onClick={() => setRevoking(true)}>
            {text.links.revoke.action}
          </Button>
        ) : null
      }
    >
      <div className="mm-columns">
        <div className="mm-stack">
          <DecisionTimeline linkId={link.id} />
          <AuditTrail title={text.links.history} empty={text.links.noHistory} objects={[link.id]} />
        </div>
        <div className="mm-stack">
          <LabelForm link={link} />
          <Settings link={link} />
        </div>
      </div>
      <RevokeShareLink link={revoking ? link : undefined} onClose={() => setRevoking(false)} />
    </Page>
  );
}

function Settings({ link }: { link: ShareLinkRow }) {
  const { role } = useAccount();
  const revoked = link.status === 'revoked';
  return (
    <Panel title={text.links.settings}>
      <Facts
        items={[
          [text.links.publicId, <Copyable key="id" value={link.public_id} what={text.links.publicId} />],
          ...(role === 'coach' ? [] : ([[text.links.columns.coach, link.coach_name ?? text.time.none]] as const)),
          [text.links.columns.created, <Moment key="c" at={link.created_at} />],
          ...(link.created_by_name ? ([[text.links.createdBy, link.created_by_name]] as const) : []),
          ...(link.starts_at ? ([[text.links.starts, <Moment key="s" at={link.starts_at} />]] as const) : []),
          [
            text.links.columns.expires,
            revoked ? <Moment key="e" at={link.expires_at} /> : <Countdown key="e" until={link.expires_at} />,
          ],
          ...(revoked
            ? ([
                [text.links.revoke.revokedAt, <Moment key="r" at={link.revoked_at} />],
                ...(link.revoked_by_name ? ([[text.links.revokedBy, link.revoked_by_name]] as const) : []),
                [text.links.revokeReason, link.revoke_reason ?? text.time.none],
              ] as const)
            : []),
          [text.links.columns.lastPlayed, <Moment key="l" at={link.last_played_at} absent={text.time.never} />],
          [text.links.columns.plays, link.play_count.toLocaleString('en-AU')],
        ]}
      />
    </Panel>
  );
}
