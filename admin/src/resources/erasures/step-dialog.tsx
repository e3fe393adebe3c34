import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { faultsOf, sentenceOf, showFaults } from '../../components/form-faults.ts';
import { WorkingButton } from '../../components/working-button.tsx';
import { text } from '../../locales/index.ts';
import { useFunction } from '../use-function.ts';
import { type StepRow, stepAnswer } from './answers.ts';

type Values = { note?: string; reference?: string };
type Props = { step: StepRow | undefined; onDone: () => void; onClose: () => void };

/** Says that a manual step has been done. Note and reference stay in the receipt. */
export function StepDialog({ step, onDone, onClose }: Props) {
  return (
    <Dialog open={step !== undefined} onClose={onClose} title={text.erasures.steps.tell.title}>
      {step ? <StepForm step={step} onDone={onDone} onClose={onClose} /> : null}
    </Dialog>
  );
}

function StepForm({ step, onDone, onClose }: Props & { step: StepRow }) {
  const complete = useFunction('complete_erasure_step', stepAnswer, [
    'erasure_steps',
    'erasure_requests',
    'audit_entries',
  ]);
  const [form] = Form.useForm<Values>();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const words = text.erasures.steps.tell;

  const submit = async ({ note = '', reference = '' }: Values) => {
    setFailure(undefined);
    setSending(true);
    try {
      await complete({ step_id: step.id, note: note.trim(), reference: reference.trim() || null });
      onDone();
    } catch (error) {
      const faults = faultsOf(error);
      setFailure(faults ? showFaults(form, ['note', 'reference'], faults) : sentenceOf(error));
    } finally {
      setSending(false);
    }
  };

  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={submit} noValidate>
      <p>{words.what(step.system, step.target)}</p>
      <Form.Item name="note" label={words.note} extra={words.hint}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      <Form.Item name="reference" label={words.reference}>
        <Input autoComplete="off" />
      </Form.Item>
      {failure ? <Alert type="error" showIcon title={failure} className="mm-form-alert" /> : null}
      <div className="mm-dialog-actions">
        <Button onClick={onClose}>{text.actions.cancel}</Button>
        <WorkingButton type="primary" htmlType="submit" isWorking={sending}>
          {words.confirm}
        </WorkingButton>
      </div>
    </Form>
  );
}
