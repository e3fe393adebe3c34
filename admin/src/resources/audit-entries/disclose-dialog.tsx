import { Dialog } from '../../components/dialog.tsx';
import { ReasonForm } from '../../components/reason-form.tsx';
import { text } from '../../locales/index.ts';
import type { Disclosure } from './disclosure.ts';

type Props = {
  open: boolean;
  disclose: (reason: string) => Promise<readonly Disclosure[]>;
  onShown: (values: readonly Disclosure[]) => void;
  onCancel: () => void;
};

/** Says that looking is recorded, and asks why. */
export function DiscloseDialog({ open, disclose, onShown, onCancel }: Props) {
  const words = text.audit.personal;
  return (
    <Dialog open={open} onClose={onCancel} title={words.title} width={520}>
      <ReasonForm
        confirm={words.confirm}
        onSend={async (reason) => onShown(await disclose(reason))}
        onCancel={onCancel}
      >
        <p className="mm-form-alert">{words.body}</p>
      </ReasonForm>
    </Dialog>
  );
}
