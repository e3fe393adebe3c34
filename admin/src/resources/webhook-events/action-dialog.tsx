import { CheckCircleFilled } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { guideFocus } from '../../components/dialog-focus.ts';
import { Facts } from '../../components/page.tsx';
import { text } from '../../locales/index.ts';
import type { Choice } from './choice.ts';
import { DiscardForm } from './discard-form.tsx';
import { ReplayForm } from './replay-form.tsx';
import '../share-links/share-links.css';

export type Action = { kind: 'replay' | 'discard'; choice: Choice };

/** What was done, told once it is. */
export type Receipt = { title: string; facts: readonly (readonly [string, ReactNode])[]; note?: string };

type Props = { action: Action | undefined; onClose: (done: boolean) => void };

/** Says what will happen, asks for the reason, and ends in a receipt. */
export function ActionDialog({ action, onClose }: Props) {
  const [receipt, setReceipt] = useState<Receipt>();
  const close = () => {
    setReceipt(undefined);
    onClose(receipt !== undefined);
  };
  const Form = action?.kind === 'discard' ? DiscardForm : ReplayForm;
  return (
    <Modal
      open={action !== undefined}
      onCancel={close}
      footer={null}
      destroyOnHidden
      afterOpenChange={guideFocus}
      mask={{ closable: false }}
      title={
        receipt?.title ?? (action?.kind === 'discard' ? text.webhooks.discard.opening : text.webhooks.replay.opening)
      }
      width={720}
    >
      {receipt ? <ReceiptView receipt={receipt} onClose={close} /> : null}
      {action && !receipt ? <Form choice={action.choice} onDone={setReceipt} onCancel={close} /> : null}
    </Modal>
  );
}

function ReceiptView({ receipt, onClose }: { receipt: Receipt; onClose: () => void }) {
  return (
    <div className="mm-receipt" role="status">
      <CheckCircleFilled className="mm-receipt-icon" aria-hidden />
      <Facts items={receipt.facts} />
      {receipt.note ? <p className="mm-quiet">{receipt.note}</p> : null}
      <div className="mm-dialog-actions">
        <Button type="primary" autoFocus onClick={onClose}>
          {text.actions.close}
        </Button>
      </div>
    </div>
  );
}
