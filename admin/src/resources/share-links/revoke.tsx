import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { guideFocus } from '../../components/dialog-focus.ts';
import { text } from '../../locales/index.ts';
import { isApiError } from '../../providers/data/index.ts';
import type { ShareLinkRow } from '../rows.ts';
import { useFunction } from '../use-function.ts';
import { nameOfLink } from './link-name.ts';
import { PlaybackBound } from './playback-bound.tsx';
import { type RevokeAnswer, revokeAnswer } from './revocation.ts';
import { RevokeReceipt } from './revoke-receipt.tsx';
import './share-links.css';

type Link = Pick<ShareLinkRow, 'id' | 'public_id' | 'label' | 'video_title'>;

/** Says what will happen, asks for the reason, and ends in a receipt. */
export function RevokeShareLink({ link, onClose }: { link: Link | undefined; onClose: () => void }) {
  const [receipt, setReceipt] = useState<RevokeAnswer & { reason: string }>();
  const close = () => {
    setReceipt(undefined);
    onClose();
  };
  return (
    <Modal
      open={link !== undefined}
      onCancel={close}
      footer={null}
      destroyOnHidden
      afterOpenChange={guideFocus}
      mask={{ closable: false }}
      title={receipt ? text.links.revoke.doneTitle : text.links.revoke.title}
      width={540}
    >
      {link && receipt ? <RevokeReceipt link={link} receipt={receipt} onClose={close} /> : null}
      {link && !receipt ? <RevokeForm link={link} onRevoked={setReceipt} onCancel={close} /> : null}
    </Modal>
  );
}

type RevokeFormProps = {
  link: Link;
  onRevoked: (receipt: RevokeAnswer & { reason: string }) => void;
  onCancel: () => void;
};

function RevokeForm({ link, onRevoked, onCancel }: RevokeFormProps) {
  const [form] = Form.useForm<{ reason: string }>();
  const revoke = useFunction('revoke_share_token', revokeAnswer, ['share_tokens', 'videos', 'audit_entries']);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();

  const submit = async ({ reason }: { reason: string }) => {
    setFailure(undefined);
    setSending(true);
    try {
      const answer = await revoke({ id: link.id, reason: reason.trim() });
      onRevoked({ ...answer, reason: reason.trim() });
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
      <p>
        <strong>{text.links.revoke.what(nameOfLink(link), link.video_title ?? text.time.none)}</strong>
      </p>
      <ul className="mm-consequences">
        {text.links.revoke.consequences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        <li>
          <PlaybackBound linkId={link.id} />
        </li>
      </ul>
      {failure ? <Alert type="error" showIcon title={failure} className="mm-form-alert" /> : null}
      <Form.Item
        name="reason"
        label={text.links.revoke.reason}
        extra={text.links.revoke.reasonHint}
        validateTrigger="onSubmit"
        rules={[
          {
            validator: async (_rule, value: string | undefined) => {
              const { length } = value?.trim() ?? '';
              if (length < 3) throw new Error(text.links.revoke.reasonTooShort);
              if (length > 500) throw new Error(text.links.revoke.reasonTooLong);
            },
          },
        ]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      <div className="mm-dialog-actions">
        <Button onClick={onCancel}>{text.actions.cancel}</Button>
        <Button type="primary" danger htmlType="submit" loading={sending}>
          {text.links.revoke.confirm}
        </Button>
      </div>
    </Form>
  );
}
