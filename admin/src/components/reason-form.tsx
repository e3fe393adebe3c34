import { Alert, Button, Form, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { text } from '../locales/index.ts';
import { isApiError } from '../providers/data/index.ts';

type Props = {
  children: ReactNode;
  confirm: string;
  danger?: boolean;
  /** There is nothing to act on, or that is not known yet. */
  isBlocked?: boolean;
  /** Rejects with an ApiError. */
  onSend: (reason: string) => Promise<void>;
  onCancel: () => void;
};

/** What is about to happen, why, and the button that does it. A refusal stands where it belongs. */
export function ReasonForm({ children, confirm, danger = false, isBlocked = false, onSend, onCancel }: Props) {
  const [form] = Form.useForm<{ reason: string }>();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();

  const submit = async ({ reason }: { reason: string }) => {
    setFailure(undefined);
    setSending(true);
    try {
      await onSend(reason.trim());
    } catch (error) {
      const atField = isApiError(error) ? error.errors?.reason : undefined;
      if (Array.isArray(atField)) form.setFields([{ name: 'reason', errors: atField }]);
      else setFailure(isApiError(error) ? error.message : text.errors.unnamed);
    } finally {
      setSending(false);
    }
  };

  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
      {children}
      {failure ? <Alert type="error" showIcon title={failure} className="mm-form-alert" /> : null}
      <Form.Item
        name="reason"
        label={text.reason.label}
        extra={text.reason.hint}
        validateTrigger="onSubmit"
        rules={[
          {
            validator: async (_rule, value: string | undefined) => {
              const { length } = value?.trim() ?? '';
              if (length < 3) throw new Error(text.reason.tooShort);
              if (length > 500) throw new Error(text.reason.tooLong);
            },
          },
        ]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      <div className="mm-dialog-actions">
        <Button onClick={onCancel}>{text.actions.cancel}</Button>
        <Button type="primary" danger={danger} htmlType="submit" loading={sending} disabled={isBlocked}>
          {confirm}
        </Button>
      </div>
    </Form>
  );
}
