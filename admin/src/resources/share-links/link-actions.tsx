import { FieldTimeOutlined, RollbackOutlined, StopOutlined, SyncOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useOffered } from '../../config/account.ts';
import { useConfig } from '../../config/runtime.ts';
import { text } from '../../locales/index.ts';
import type { ShareLinkRow } from '../rows.ts';
import { choiceOfVideo } from './bulk/choice.ts';
import { isExtendable } from './change/latest-end.ts';
import { BulkRevoke, ExtendShareLink, RestoreShareLink, RevokeShareLink, RotateShareLink } from './late-dialogs.ts';
import { isRevocable } from './link-name.ts';

type Props = { link: ShareLinkRow; recipients: readonly string[] };

/**
 * What can be done with a link, besides changing its settings; once it has ended, to make another like it. Who finds one link in wrong hands
 * often has to end them all: that needs no way over the video's page, and the link itself may be dead already.
 */
export function LinkActions({ link, recipients }: Props) {
  const { shareLife } = useConfig();
  const [doing, setDoing] = useState<'extend' | 'rotate' | 'restore' | 'revoke' | 'revokeAll'>();
  const lives = isRevocable(link);
  const mayEdit = useOffered('share_tokens', 'edit') && lives;
  const mayRevoke = useOffered('share_tokens', 'revoke');
  const mayRestore = useOffered('share_tokens', 'create') && !lives;
  const close = () => setDoing(undefined);
  const choice = useMemo(() => choiceOfVideo(link.video_id), [link.video_id]);
  return (
    <>
      {mayEdit && isExtendable(link, shareLife) ? (
        <Button icon={<FieldTimeOutlined aria-hidden />} onClick={() => setDoing('extend')}>
          {text.links.extend.open}
        </Button>
      ) : null}
      {mayEdit ? (
        <Button icon={<SyncOutlined aria-hidden />} onClick={() => setDoing('rotate')}>
          {text.links.rotate.open}
        </Button>
      ) : null}
      {mayRevoke && lives ? (
        <Button danger icon={<StopOutlined aria-hidden />} onClick={() => setDoing('revoke')}>
          {text.links.revoke.action}
        </Button>
      ) : null}
      {mayRestore ? (
        <Button icon={<RollbackOutlined aria-hidden />} onClick={() => setDoing('restore')}>
          {text.links.restore.open}
        </Button>
      ) : null}
      {mayRevoke ? (
        <Button danger type="text" icon={<StopOutlined aria-hidden />} onClick={() => setDoing('revokeAll')}>
          {text.links.bulk.ofSameVideo}
        </Button>
      ) : null}
      <ExtendShareLink link={link} open={doing === 'extend'} onClose={close} />
      <RotateShareLink link={link} recipients={recipients} open={doing === 'rotate'} onClose={close} />
      <RestoreShareLink link={link} recipients={recipients} open={doing === 'restore'} onClose={close} />
      <BulkRevoke choice={doing === 'revokeAll' ? choice : undefined} onClose={close} />
      <RevokeShareLink link={doing === 'revoke' ? link : undefined} onClose={close} />
    </>
  );
}
