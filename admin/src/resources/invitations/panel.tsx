import { Button } from 'antd';
import { useState } from 'react';
import { Moment } from '../../components/moment.tsx';
import { text } from '../../locales/index.ts';
import { ReadingPanel } from '../job-runs/reading.tsx';
import { useRows } from '../use-rows.ts';
import type { InvitationRow } from './answers.ts';
import './invitations.css';
import { RevokeDialog } from './late-dialogs.ts';
import { InvitationStatusTag } from './status-tag.tsx';
import { useResend } from './use-resend.ts';

/** The worker sends within seconds, and whoever invited waits for the word. */
const pollMs = 4_000;

/** Invitations that nobody has accepted yet, the newest first, and what can be done with each. */
export function Invitations() {
  const reading = useRows<InvitationRow>({
    resource: 'invitations',
    filters: [{ field: 'status', operator: 'in', value: ['queued', 'sent', 'failed', 'expired'] }],
    sorters: [{ field: 'created_at', order: 'desc' }],
    pollMs,
  });
  const [revoking, setRevoking] = useState<InvitationRow>();
  const resend = useResend(reading.refetch);
  const words = text.invitations;
  return (
    <>
      <ReadingPanel
        title={words.title}
        rowTitle={text.people.columns.email}
        empty={words.none}
        reading={reading}
        nameOf={({ email }) => email}
        keyOf={({ id }) => id}
        cellsOf={(invitation) => [
          { title: text.people.role, value: text.account.roles[invitation.role] },
          { title: text.people.status, value: <InvitationStatusTag {...invitation} /> },
          { title: words.expires, value: <Moment at={invitation.expires_at} inline /> },
          {
            title: words.invitedBy,
            value: (
              <>
                {invitation.invited_by_name ?? text.time.none}
                {invitation.note ? <div className="mm-small mm-quiet">{invitation.note}</div> : null}
              </>
            ),
          },
          {
            title: words.acts,
            value: <Acts invitation={invitation} onResend={resend} onRevoke={setRevoking} />,
          },
        ]}
      />
      <RevokeDialog
        invitation={revoking}
        onDone={() => {
          setRevoking(undefined);
          reading.refetch();
        }}
        onClose={() => setRevoking(undefined)}
      />
    </>
  );
}

type ActsProps = {
  invitation: InvitationRow;
  onResend: (invitation: InvitationRow) => void;
  onRevoke: (invitation: InvitationRow) => void;
};

function Acts({ invitation, onResend, onRevoke }: ActsProps) {
  const { resend, revoke } = text.invitations;
  const { email, status } = invitation;
  return (
    <span className="mm-invitation-acts">
      <Button size="small" onClick={() => onResend(invitation)} aria-label={resend.open(email)}>
        {resend.act}
      </Button>
      {status === 'expired' ? null : (
        <Button size="small" danger onClick={() => onRevoke(invitation)} aria-label={revoke.open(email)}>
          {revoke.act}
        </Button>
      )}
    </span>
  );
}
