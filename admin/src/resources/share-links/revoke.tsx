import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { ReasonForm } from '../../components/reason-form.tsx';
import { text } from '../../locales/index.ts';
import type { ShareLinkRow } from '../rows.ts';
import { useFunction } from '../use-function.ts';
import { nameOfLink } from './link-name.ts';
import { PlaybackBound } from './playback-bound.tsx';
import { type RevokeAnswer, revokeAnswer } from './revocation.ts';
import { RevokeReceipt } from './revoke-receipt.tsx';
import './share-links.css';

type Link = Pick<ShareLinkRow, 'id' | 'public_id' | 'label' | 'video_title'>;
type Receipt = RevokeAnswer & { reason: string };

/** Says what will happen, asks for the reason, and ends in a receipt. */
export function RevokeShareLink({ link, onClose }: { link: Link | undefined; onClose: () => void }) {
  const [receipt, setReceipt] = useState<Receipt>();
  const close = () => {
    setReceipt(undefined);
    onClose();
  };
  return (
    <Dialog
      open={link !== undefined}
      onClose={close}
      title={receipt ? text.links.revoke.doneTitle : text.links.revoke.title}
      width={540}
    >
      {link && receipt ? <RevokeReceipt link={link} receipt={receipt} onClose={close} /> : null}
      {link && !receipt ? <RevokeForm link={link} onRevoked={setReceipt} onCancel={close} /> : null}
    </Dialog>
  );
}

type RevokeFormProps = { link: Link; onRevoked: (receipt: Receipt) => void; onCancel: () => void };

function RevokeForm({ link, onRevoked, onCancel }: RevokeFormProps) {
  const revoke = useFunction('revoke_share_token', revokeAnswer, ['share_tokens', 'videos', 'audit_entries']);
  return (
    <ReasonForm
      danger
      confirm={text.links.revoke.confirm}
      onSend={async (reason) => onRevoked({ ...(await revoke({ id: link.id, reason })), reason })}
      onCancel={onCancel}
    >
      <p>
        <strong>{text.links.revoke.what(nameOfLink(link), link.video_title ?? text.time.none)}</strong>
      </p>
      <ul className="mm-consequences">
        {text.links.revoke.consequences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        <li>
          <PlaybackBound linkId={link.id} />
        </li>
      </ul>
    </ReasonForm>
  );
}
