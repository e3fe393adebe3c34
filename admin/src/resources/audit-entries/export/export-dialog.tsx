import { Button, Modal } from 'antd';
import { guideFocus } from '../../../components/dialog-focus.ts';
import type { FilterValues } from '../../../components/list/list-state.ts';
import { useAccount } from '../../../config/account.ts';
import { text } from '../../../locales/index.ts';
import { bytes } from '../../../uploads/size.ts';
import './export.css';
import { ExportForm } from './export-form.tsx';
import { ExportReceiptView } from './export-receipt.tsx';
import { useExport } from './use-export.ts';

export type ExportDialogProps = { values: FilterValues; open: boolean; onClose: () => void };

/** The export of the log, or of what the list's filters choose of it. */
export function ExportDialog({ values, open, onClose }: ExportDialogProps) {
  const own = useAccount().role === 'coach';
  const { state, start, cancel, reset } = useExport();
  const running = state.step === 'running';
  return (
    <Modal
      open={open}
      onCancel={onClose}
      afterClose={reset}
      afterOpenChange={guideFocus}
      footer={null}
      destroyOnHidden
      // While bytes arrive there is one way out, and it says what it does.
      closable={!running}
      keyboard={!running}
      mask={{ closable: false }}
      width={600}
      title={
        state.step === 'done' ? text.audit.export.doneTitle : own ? text.audit.export.titleOwn : text.audit.export.title
      }
    >
      {state.step === 'choosing' ? (
        <ExportForm
          values={values}
          failure={state.failure}
          onStart={(format, chosen) => void start(format, chosen)}
          onCancel={onClose}
        />
      ) : null}
      {running ? <Progress received={state.bytes} onCancel={cancel} /> : null}
      {state.step === 'done' ? <ExportReceiptView {...state} onClose={onClose} /> : null}
    </Modal>
  );
}

/** How long the whole will be nobody knows, so it tells what has come. */
function Progress({ received, onCancel }: { received: number; onCancel: () => void }) {
  const words = received === 0 ? text.audit.export.preparing : text.audit.export.received(bytes(received));
  return (
    <div className="mm-export-running">
      <div role="progressbar" aria-label={text.audit.export.title} aria-valuetext={words} className="mm-export-bar" />
      <p className="mm-nums" aria-live="off">
        {words}
      </p>
      <div className="mm-dialog-actions">
        <Button autoFocus onClick={onCancel}>
          {text.audit.export.cancel}
        </Button>
      </div>
    </div>
  );
}
