import { Alert, Button, Form, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { text } from '../locales/index.ts';
import { faultsOf, sentenceOf, showFaults } from './form-faults.ts';
import { WorkingButton } from './working-button.tsx';

type Values = { reason?: string } & Record<string, unknown>;

type Props = {
  children: ReactNode;
  confirm: string;
  danger?: boolean;
  /** There is nothing to act on, or that is not known yet. */
  isBlocked?: boolean;
  /** A reason may be left out; it is then ''. */
  isOptional?: boolean;
  /** Other fields among the children, with what they begin with. */
  fields?: Readonly<Record<string, unknown>>;
  /** Where a refused field is said, when it is not on the screen itself. */
  placeOf?: (field: string, values: Values) => string;
  /** Rejects with an ApiError. */
  onSend: (reason: string, values: Values) => Promise<void>;
  onCancel: () => void;
};

/** What is about to happen, why, and the button that does it. A refusal stands where it belongs. */
export function ReasonForm(props: Props) {
  const { children, confirm, danger = false, isBlocked = false, isOptional = false, fields = {} } = props;
  const [form] = Form.useForm<Values>();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();

  const submit = async (values: Values) => {
    setFailure(undefined);
    setSending(true);
    try {
      await props.onSend(values.reason?.trim() ?? '', values);
    } catch (error) {
      const faults = Object.entries(faultsOf(error) ?? {});
      const placed = Object.fromEntries(faults.map(([field, said]) => [props.placeOf?.(field, values) ?? field, said]));
      const known = [...Object.keys(fields), 'reason'];
      setFailure(faults.length > 0 ? showFaults(form, known, placed) : sentenceOf(error));
    } finally {
      setSending(false);
    }
  };

  return (
    <Form form={form} layout="vertical" requiredMark={false} initialValues={fields} onFinish={submit} noValidate>
      {children}
      {failure ? <Alert type="error" showIcon title={failure} className="mm-form-alert" /> : null}
      <Form.Item
        name="reason"
        label={isOptional ? text.reason.optional : text.reason.label}
        extra={text.reason.hint}
        validateTrigger="onSubmit"
        rules={[
          {
            validator: async (_rule, value: string | undefined) => {
              const { length } = value?.trim() ?? '';
              if (length < 3 && !(isOptional && length === 0)) throw new Error(text.reason.tooShort);
              if (length > 500) throw new Error(text.reason.tooLong);
            },
          },
        ]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      <div className="mm-dialog-actions">
        <Button onClick={props.onCancel}>{text.actions.cancel}</Button>
        <WorkingButton type="primary" danger={danger} htmlType="submit" isWorking={sending} disabled={isBlocked}>
          {confirm}
        </WorkingButton>
      </div>
    </Form>
  );
}
