import { Consequences } from '../../components/act-dialog.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ReasonForm } from '../../components/reason-form.tsx';
import { text } from '../../locales/index.ts';
import { useFunction } from '../use-function.ts';
import { type AlertRow, settleAnswer } from './answers.ts';

export type Settling = { act: 'acknowledge' | 'resolve'; alert: AlertRow };
type Props = { settling: Settling | undefined; onDone: () => void; onClose: () => void };

/** Takes an alert on, or ends it, with a note. */
export function SettleDialog({ settling, onDone, onClose }: Props) {
  const acknowledge = useFunction('acknowledge_alert', settleAnswer, ['alerts', 'audit_entries']);
  const resolve = useFunction('resolve_alert', settleAnswer, ['alerts', 'audit_entries']);
  const words = text.alerts[settling?.act ?? 'acknowledge'];
  const settle = settling?.act === 'resolve' ? resolve : acknowledge;
  return (
    <Dialog open={settling !== undefined} onClose={onClose} title={words.title}>
      <ReasonForm
        confirm={words.confirm}
        // The database calls it a note.
        placeOf={(field) => (field === 'note' ? 'reason' : field)}
        onSend={async (note) => {
          await settle({ alert_id: settling?.alert.id, note });
          onDone();
        }}
        onCancel={onClose}
      >
        <p>{settling?.alert.title}</p>
        <Consequences sentences={words.consequences} />
      </ReasonForm>
    </Dialog>
  );
}
