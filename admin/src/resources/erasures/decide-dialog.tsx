import { ActDialog, ActForm, Consequences, type Settle } from '../../components/act-dialog.tsx';
import { text } from '../../locales/index.ts';
import { shortened } from '../short-id.ts';
import { useFunction } from '../use-function.ts';
import { approveAnswer, declineAnswer, type ErasureRow } from './answers.ts';

export type Decision = 'approve' | 'decline';
type Props = { request: ErasureRow; decision: Decision | undefined; onClose: () => void };

const changed = ['erasure_requests', 'erasure_steps', 'audit_entries'] as const;

/** Approves a request to erase, after a confirmation, or declines it. */
export function DecideDialog({ request, decision, onClose }: Props) {
  const title = decision ? text.erasures[decision].title : '';
  return (
    <ActDialog open={decision !== undefined} title={title} onClose={onClose}>
      {(settle) =>
        decision === 'approve' ? <Approve request={request} {...settle} /> : <Decline request={request} {...settle} />
      }
    </ActDialog>
  );
}

type FormProps = Settle & { request: ErasureRow };

function Approve({ request, ...settle }: FormProps) {
  const approve = useFunction('approve_erasure', approveAnswer, changed);
  const words = text.erasures.approve;
  return (
    <ActForm
      {...settle}
      danger
      confirm={words.confirm}
      onAct={async (reason) => {
        const done = await approve({ request_id: request.id, reason });
        return {
          title: words.done,
          items: [
            [text.erasures.one, shortened(request.id)],
            [text.erasures.steps.title, words.steps(done.step_count)],
          ],
          note: words.note,
        };
      }}
    >
      <Consequences sentences={words.consequences} />
    </ActForm>
  );
}

function Decline({ request, ...settle }: FormProps) {
  const decline = useFunction('decline_erasure', declineAnswer, changed);
  const words = text.erasures.decline;
  return (
    <ActForm
      {...settle}
      confirm={words.confirm}
      onAct={async (reason) => {
        await decline({ request_id: request.id, reason });
        return { title: words.done, items: [[text.erasures.one, shortened(request.id)]] };
      }}
    >
      <Consequences sentences={words.consequences} />
    </ActForm>
  );
}
