import { CheckCircleFilled } from '@ant-design/icons';
import type { RotateKeyAnswer } from '@mm/api/contract';
import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { Facts } from '../../components/page.tsx';
import { ReasonForm } from '../../components/reason-form.tsx';
import { useServices } from '../../config/services.ts';
import { text } from '../../locales/index.ts';
import { confirmed, useStepUp } from '../../step-up/step-up.ts';
import { exact } from '../../time/format.ts';
import type { Rotation } from './answers.ts';
import type { Progress } from './progress.ts';
import '../share-links/share-links.css';

export type Asked = { rotation: Rotation; progress: Progress };
type Receipt = { steps: RotateKeyAnswer['steps']; reason: string; at: Date };
type Props = { asked: Asked | undefined; onClose: (done: boolean) => void };

/** Says what will happen, asks for the secret, the reason and a fresh confirmation, and ends in what was done. */
export function RotateDialog({ asked, onClose }: Props) {
  const [receipt, setReceipt] = useState<Receipt>();
  const close = () => {
    setReceipt(undefined);
    onClose(receipt !== undefined);
  };
  const words = text.keys;
  return (
    <Dialog
      open={asked !== undefined}
      onClose={close}
      title={receipt ? words.receipt.title : asked ? words.dialog.title(words.rotations[asked.rotation]) : ''}
      width={600}
    >
      {receipt ? <ReceiptView receipt={receipt} onClose={close} /> : null}
      {asked && !receipt ? <RotateForm asked={asked} onDone={setReceipt} onCancel={close} /> : null}
    </Dialog>
  );
}

type FormProps = { asked: Asked; onDone: (receipt: Receipt) => void; onCancel: () => void };

function RotateForm({ asked: { rotation, progress }, onDone, onCancel }: FormProps) {
  const { api } = useServices();
  const { ask } = useStepUp();
  const [secret, setSecret] = useState('');
  const [hasLeaked, setLeaked] = useState(false);
  const words = text.keys.dialog;
  const isSecret = rotation !== 'mux-signing';
  const goesOn = progress.stage !== 'idle';
  const takesSecret = isSecret && (!goesOn || progress.stage === 'unused');
  const sentences = isSecret ? (goesOn ? words.secretOn : words.secret) : goesOn ? words.keyOn : words.key;

  const send = async (reason: string) => {
    const given = takesSecret && secret.trim() !== '' ? { secret: secret.trim() } : {};
    const { steps } = await confirmed(ask, () => api.rotateKey({ rotation, reason, ...given, hasLeaked }));
    onDone({ steps, reason, at: new Date() });
  };

  return (
    <ReasonForm
      confirm={goesOn ? words.confirmOn : words.confirm}
      fields={takesSecret ? { secret: '' } : {}}
      isBlocked={takesSecret && !goesOn && secret.trim() === ''}
      onSend={send}
      onCancel={onCancel}
    >
      <ul className="mm-consequences">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {takesSecret ? (
        <Form.Item name="secret" label={goesOn ? words.secretReplace : words.secretField} extra={words.secretHint}>
          <Input.Password
            onChange={({ target }) => setSecret(target.value)}
            autoComplete="off"
            spellCheck={false}
            maxLength={255}
          />
        </Form.Item>
      ) : null}
      {isSecret && goesOn ? (
        <Form.Item>
          <Checkbox checked={hasLeaked} onChange={({ target }) => setLeaked(target.checked)}>
            {words.leaked}
          </Checkbox>
        </Form.Item>
      ) : null}
    </ReasonForm>
  );
}

function ReceiptView({ receipt: { steps, reason, at }, onClose }: { receipt: Receipt; onClose: () => void }) {
  const words = text.keys.receipt;
  return (
    <div className="mm-receipt" role="status">
      <CheckCircleFilled className="mm-receipt-icon" aria-hidden />
      <Facts
        items={[
          ...steps.map(
            ({ step, keyId, until }) =>
              [
                words.step[step],
                <span key={step}>
                  <code className="mm-key-id">{keyId}</code>
                  {until ? ` ${words.until(exact(new Date(until)))}` : ''}
                </span>,
              ] as const,
          ),
          [words.at, exact(at, { seconds: true })],
          [text.reason.label, reason],
        ]}
      />
      <p className="mm-quiet">{words.audited}</p>
      <div className="mm-dialog-actions">
        <Button type="primary" autoFocus onClick={onClose}>
          {text.actions.close}
        </Button>
      </div>
    </div>
  );
}
