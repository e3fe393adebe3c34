import { Consequences } from '../../components/act-dialog.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ReasonForm } from '../../components/reason-form.tsx';
import { text } from '../../locales/index.ts';
import { useFunction } from '../use-function.ts';
import { liftAnswer, placeAnswer } from './answers.ts';

/** `place`: on whose data; `lift`: which hold. */
export type HoldAct = { place: string } | { lift: string };
type Props = { act: HoldAct | undefined; onDone: () => void; onClose: () => void };

const changed = ['legal_holds', 'erasure_requests', 'erasure_steps', 'audit_entries'] as const;

/** Places a duty to keep somebody's data, or lifts it. */
export function HoldDialog({ act, onDone, onClose }: Props) {
  const place = useFunction('place_hold', placeAnswer, changed);
  const lift = useFunction('lift_hold', liftAnswer, changed);
  const words = act && 'lift' in act ? text.erasures.holds.lift : text.erasures.holds.place;
  const send = async (reason: string) => {
    if (act && 'lift' in act) await lift({ hold_id: act.lift, reason });
    else if (act) await place({ profile_id: act.place, reason });
    onDone();
  };
  return (
    <Dialog open={act !== undefined} onClose={onClose} title={words.title}>
      <ReasonForm confirm={words.confirm} onSend={send} onCancel={onClose}>
        <Consequences sentences={words.consequences} />
      </ReasonForm>
    </Dialog>
  );
}
