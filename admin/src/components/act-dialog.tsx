import { CheckCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { text } from '../locales/index.ts';
import { confirmed, useStepUp } from '../step-up/step-up.ts';
import './act-dialog.css';
import { Dialog } from './dialog.tsx';
import { Facts } from './page.tsx';
import { ReasonForm } from './reason-form.tsx';

export type Receipt = {
  title: string;
  items: readonly (readonly [string, ReactNode])[];
  /** How it is undone, or that it cannot be. */
  note?: string;
};

type Done = Receipt & { reason: string };

/** What the form in the dialog tells it. */
export type Settle = { onDone: (receipt: Done) => void; onCancel: () => void };

export type ActDialogProps = {
  open: boolean;
  title: string;
  width?: number;
  onClose: () => void;
  /** The form; an `ActForm` with what will happen in it. */
  children: (settle: Settle) => ReactNode;
};

/** An act that reaches far: a form that says what will happen and asks for a reason, and at the end a receipt. */
export function ActDialog({ open, title, width = 560, onClose, children }: ActDialogProps) {
  const [done, setDone] = useState<Done>();
  const close = () => {
    setDone(undefined);
    onClose();
  };
  return (
    <Dialog open={open} onClose={close} title={done?.title ?? title} width={width}>
      {done ? (
        <ReceiptView receipt={done} onClose={close} />
      ) : open ? (
        children({ onDone: setDone, onCancel: close })
      ) : null}
    </Dialog>
  );
}

export type ActFormProps = Settle & {
  confirm: string;
  danger?: boolean;
  isBlocked?: boolean;
  /** Other fields among the children, with what they begin with. */
  fields?: Readonly<Record<string, unknown>>;
  /** Does it; rejects with an ApiError. */
  onAct: (reason: string, values: Readonly<Record<string, unknown>>) => Promise<Receipt>;
  children: ReactNode;
};

/** Does the act with a reason, and a fresh confirmation where the server asks for one. */
export function ActForm({ onAct, onDone, onCancel, children, ...form }: ActFormProps) {
  const { ask } = useStepUp();
  return (
    <ReasonForm
      {...form}
      onSend={async (reason, values) => onDone({ ...(await confirmed(ask, () => onAct(reason, values))), reason })}
      onCancel={onCancel}
    >
      {children}
    </ReasonForm>
  );
}

function ReceiptView({ receipt, onClose }: { receipt: Done; onClose: () => void }) {
  return (
    <div className="mm-receipt" role="status">
      <CheckCircleFilled className="mm-receipt-icon" aria-hidden />
      <Facts items={[...receipt.items, [text.reason.label, receipt.reason]]} />
      {receipt.note ? <p>{receipt.note}</p> : null}
      <p className="mm-quiet">{text.people.receipt.audited}</p>
      <div className="mm-dialog-actions">
        <Button type="primary" autoFocus onClick={onClose}>
          {text.actions.close}
        </Button>
      </div>
    </div>
  );
}

/** Sentences of what an act will do. */
export function Consequences({ sentences }: { sentences: readonly string[] }) {
  return (
    <ul className="mm-will">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
