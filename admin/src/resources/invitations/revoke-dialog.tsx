import { Consequences } from '../../components/act-dialog.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ReasonForm } from '../../components/reason-form.tsx';
import { text } from '../../locales/index.ts';
import { useFunction } from '../use-function.ts';
import { type InvitationRow, revokeAnswer } from './answers.ts';

type Props = { invitation: InvitationRow | undefined; onDone: () => void; onClose: () => void };

/** Takes an invitation back. */
export function RevokeDialog({ invitation, onDone, onClose }: Props) {
  const revoke = useFunction('revoke_invitation', revokeAnswer, ['invitations', 'audit_entries']);
  const words = text.invitations.revoke;
  return (
    <Dialog open={invitation !== undefined} onClose={onClose} title={words.title}>
      <ReasonForm
        danger
        confirm={words.confirm}
        onSend={async (reason) => {
          await revoke({ invitation_id: invitation?.id, reason });
          onDone();
        }}
        onCancel={onClose}
      >
        <Consequences sentences={words.consequences(invitation?.email ?? '')} />
      </ReasonForm>
    </Dialog>
  );
}
