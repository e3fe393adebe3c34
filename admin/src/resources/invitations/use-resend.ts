import { useNotification } from '@refinedev/core';
import { useConfirm } from '../../components/confirm/use-confirm.ts';
import { sentenceOf } from '../../components/form-faults.ts';
import { text } from '../../locales/index.ts';
import { confirmed, useStepUp } from '../../step-up/step-up.ts';
import { useFunction } from '../use-function.ts';
import { type InvitationRow, inviteAnswer } from './answers.ts';

/** Sends an invitation again, once somebody has said so and confirmed that it is they. */
export function useResend(onDone: () => void): (invitation: InvitationRow) => void {
  const resend = useFunction('resend_invitation', inviteAnswer, ['invitations', 'audit_entries']);
  const question = useConfirm();
  const { ask } = useStepUp();
  const { open } = useNotification();
  const words = text.invitations.resend;
  const send = async ({ id, email }: InvitationRow) => {
    try {
      await confirmed(ask, () => resend({ invitation_id: id }));
      open?.({ key: 'invitation', type: 'success', message: words.done(email) });
      onDone();
    } catch (error) {
      open?.({ key: 'invitation', type: 'error', message: sentenceOf(error) });
    }
  };
  return (invitation) =>
    question({
      title: words.title,
      content: words.content(invitation.email),
      okText: words.confirm,
      cancelText: text.actions.cancel,
      // The confirmation asks in a dialog of its own: this one makes room for it.
      onOk: () => void send(invitation),
    });
}
