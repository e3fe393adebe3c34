import { Button } from 'antd';
import { Link } from 'react-router';
import { Copyable } from '../../components/copyable.tsx';
import type { Column } from '../../components/list/data-list.tsx';
import { Countdown, Moment } from '../../components/moment.tsx';
import { ShareStatusTag } from '../../components/status.tsx';
import { locale, text } from '../../locales/index.ts';
import { ProbeMark } from '../canary-runs/probe-mark.tsx';
import type { ShareLinkRow } from '../rows.ts';
import { isRevocable, nameOfLink } from './link-name.ts';
import './share-links.css';

type Wanted = { video: boolean; coach: boolean; onRevoke: ((link: ShareLinkRow) => void) | undefined };

/** The columns of a list of links; inside a video's page without the video. */
export function linkColumns({ video, coach, onRevoke }: Wanted): Column<ShareLinkRow>[] {
  return [
    {
      key: 'label',
      title: text.links.columns.label,
      card: 'heading',
      ...(video ? { width: 170 } : {}),
      render: (link) => (
        <div className="mm-link-id">
          <Link className="mm-row-title" to={`/share-links/${link.id}`}>
            {link.label ?? text.links.noLabel}
            {link.label ? null : <span className="mm-visually-hidden"> {link.public_id}</span>}
          </Link>
          <Copyable value={link.public_id} what={text.links.publicId} />
        </div>
      ),
    },
    {
      key: 'status',
      title: text.links.columns.status,
      card: 'badge',
      width: 124,
      render: ({ status, video_status: of }) => <ShareStatusTag status={status} video={of} />,
    },
    ...(video
      ? [
          {
            key: 'video_title',
            title: coach ? text.links.columns.videoAndCoach : text.links.columns.video,
            card: 'fact',
            render: ({ video_id, video_title, coach_name }) => (
              <>
                <Link to={`/videos/${video_id}`}>{video_title ?? video_id}</Link>
                {coach && coach_name ? <div className="mm-quiet mm-small">{coach_name}</div> : null}
                <ProbeMark videoId={video_id} />
              </>
            ),
          } satisfies Column<ShareLinkRow>,
        ]
      : []),
    {
      key: 'created_at',
      title: text.links.columns.created,
      card: 'fact',
      width: 176,
      // Beside the video there is room for it on a wide screen only.
      from: video ? 1600 : 1200,
      render: ({ created_at }) => <Moment at={created_at} />,
    },
    {
      key: 'expires_at',
      title: text.links.columns.expires,
      card: 'fact',
      width: 176,
      render: ({ status, revoked_at, expires_at }) =>
        status === 'revoked' ? (
          <Moment at={revoked_at} prefix={text.links.revoke.revokedAt} />
        ) : (
          <Countdown until={expires_at} />
        ),
    },
    {
      key: 'last_played_at',
      title: text.links.columns.lastPlayed,
      card: 'fact',
      width: 176,
      from: 1200,
      render: ({ last_played_at }) => <Moment at={last_played_at} absent={text.time.never} />,
    },
    {
      key: 'play_count',
      title: text.links.columns.plays,
      card: 'fact',
      width: 118,
      align: 'right',
      from: 1100,
      render: ({ play_count }) => <span className="mm-nums">{play_count.toLocaleString(locale)}</span>,
    },
    ...(onRevoke
      ? [
          {
            key: 'actions',
            title: text.list.actions,
            card: 'fact',
            width: 116,
            hideTitle: true,
            render: (link) =>
              isRevocable(link) ? (
                <Button
                  danger
                  size="small"
                  aria-label={`${text.links.revoke.action}: ${nameOfLink(link)}`}
                  onClick={() => onRevoke(link)}
                >
                  {text.links.revoke.action}
                </Button>
              ) : null,
          } satisfies Column<ShareLinkRow>,
        ]
      : []),
  ];
}
