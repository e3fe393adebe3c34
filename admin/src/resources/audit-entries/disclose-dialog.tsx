import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import '../../components/dialog.css';
import { guideFocus } from '../../components/dialog-focus.ts';
import { text } from '../../locales/index.ts';
import { isApiError } from '../../providers/data/index.ts';
import type { Disclosure } from './disclosure.ts';

type Props = {
  disclose: (reason: string) => Promise<readonly Disclosure[]>;
  onShown: (values: readonly Disclosure[]) => void;
  onCancel: () => void;
};

/** Says that looking is recorded, and asks why. */
export function DiscloseDialog({ open, ...props }: Props & { open: boolean }) {
  return (
    <Modal
      open={open}
      onCancel={props.onCancel}
      footer={null}
      destroyOnHidden
      afterOpenChange={guideFocus}
      mask={{ closable: false }}
      title={text.audit.personal.title}
      width={520}
    >
      <ReasonForm {...props} />
    </Modal>
  );
}

function ReasonForm({ disclose, onShown, onCancel }: Props) {
  const [form] = Form.useForm<{ reason: string }>();
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();

  const submit = async ({ reason }: { reason: string }) => {
    setFailure(undefined);
    setSending(true);
    try {
      onShown(await disclose(reason.trim()));
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
      <p className="mm-form-alert">{text.audit.personal.body}</p>
      {failure ? <Alert type="error" showIcon title={failure} className="mm-form-alert" /> : null}
      <Form.Item
        name="reason"
        label={text.audit.personal.reason}
        extra={text.audit.personal.reasonHint}
        validateTrigger="onSubmit"
        rules={[
          {
            validator: async (_rule, value: string | undefined) => {
              const { length } = value?.trim() ?? '';
              if (length < 3) throw new Error(text.audit.personal.reasonTooShort);
              if (length > 500) throw new Error(text.audit.personal.reasonTooLong);
            },
          },
        ]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      <div className="mm-dialog-actions">
        <Button onClick={onCancel}>{text.actions.cancel}</Button>
        <Button type="primary" htmlType="submit" loading={isSending}>
          {text.audit.personal.confirm}
        </Button>
      </div>
    </Form>
  );
}
