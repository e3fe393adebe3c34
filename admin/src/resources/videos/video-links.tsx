import { PlusOutlined, StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { LinkButton } from '../../components/link-button.tsx';
import { DataList } from '../../components/list/data-list.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useEmbeddedList } from '../../components/list/use-list-page.ts';
import { Panel } from '../../components/page.tsx';
import { StatePage } from '../../components/states.tsx';
import { useOffered } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import type { ShareLinkRow, VideoRow } from '../rows.ts';
import { choiceOfVideo, type RevokeChoice } from '../share-links/bulk/choice.ts';
import { linkColumns } from '../share-links/columns.tsx';
import { BulkRevoke, CreateShareLink, RevokeShareLink } from '../share-links/late-dialogs.ts';
import { isRevocable } from '../share-links/link-name.ts';

const spec: ListSpec = {
  filters: {},
  sortable: ['created_at', 'expires_at', 'last_played_at', 'play_count', 'status', 'label'],
  initialSort: { field: 'created_at', order: 'desc' },
};

/** The links of one video, with what can be done about them. */
export function VideoLinks({ video }: { video: VideoRow }) {
  const shareable = !['cancelled', 'errored', 'deleted'].includes(video.status);
  const mayCreate = useOffered('share_tokens', 'create') && shareable;
  const mayRevoke = useOffered('share_tokens', 'revoke');
  const mayAsk = useOffered('explanations', 'list');
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ShareLinkRow>();
  const [choice, setChoice] = useState<RevokeChoice>();
  const list = useEmbeddedList<ShareLinkRow>({
    resource: 'share_tokens',
    spec,
    pageSize: 10,
    permanent: useMemo(() => [{ field: 'video_id', operator: 'eq', value: video.id }], [video.id]),
    meta: { nullsLast: ['last_played_at', 'label'] },
  });
  return (
    <Panel
      title={text.videos.links}
      flush
      extra={
        <div className="mm-panel-actions">
          {mayAsk ? (
            <LinkButton type="link" to={`/why?video=${video.id}`}>
              {text.why.ask}
            </LinkButton>
          ) : null}
          {mayRevoke && list.rows.some(isRevocable) ? (
            <Button danger icon={<StopOutlined aria-hidden />} onClick={() => setChoice(choiceOfVideo(video.id))}>
              {text.links.bulk.ofVideo}
            </Button>
          ) : null}
          {mayCreate ? (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setCreating(true)}>
              {text.links.create}
            </Button>
          ) : null}
        </div>
      }
    >
      <DataList
        list={list}
        label={text.videos.links}
        columns={linkColumns({ video: false, coach: false, onRevoke: mayRevoke ? setRevoking : undefined })}
        empty={
          <StatePage
            kind="empty"
            level="p"
            title={shareable ? text.videos.noLinks : text.videos.noLinksNotReady}
            body={shareable ? text.links.emptyBody : undefined}
          />
        }
      />
      <CreateShareLink
        open={creating}
        onClose={() => setCreating(false)}
        video={{ id: video.id, title: video.title }}
      />
      <BulkRevoke choice={choice} onClose={() => setChoice(undefined)} />
      <RevokeShareLink link={revoking} onClose={() => setRevoking(undefined)} />
    </Panel>
  );
}
