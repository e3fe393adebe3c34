import { Form, Input } from 'antd';
import { Consequences } from '../../components/act-dialog.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ReasonForm } from '../../components/reason-form.tsx';
import { text } from '../../locales/index.ts';
import { useFunction } from '../use-function.ts';
import { openAnswer } from './answers.ts';

type Props = { open: boolean; onDone: (id: string) => void; onClose: () => void };

/** Opens a request for somebody who asked by another way. */
export function RequestDialog({ open, onDone, onClose }: Props) {
  const request = useFunction('request_erasure_for', openAnswer, ['erasure_requests', 'audit_entries']);
  const words = text.erasures.request;
  return (
    <Dialog open={open} onClose={onClose} title={words.title}>
      <ReasonForm
        confirm={words.confirm}
        fields={{ email: '' }}
        onSend={async (reason, { email }) => onDone((await request({ email: String(email ?? '').trim(), reason })).id)}
        onCancel={onClose}
      >
        <Form.Item name="email" label={words.email} extra={words.emailHint}>
          <Input type="email" inputMode="email" autoComplete="off" />
        </Form.Item>
        <Consequences sentences={words.consequences} />
      </ReasonForm>
    </Dialog>
  );
}
