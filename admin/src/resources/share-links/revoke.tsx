import { CheckCircleFilled } from '@ant-design/icons';
import { type HttpError, useList } from '@refinedev/core';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { Facts } from '../../components/page.tsx';
import { useConfig } from '../../config/runtime.ts';
import { text } from '../../locales/index.ts';
import { isApiError } from '../../providers/data/index.ts';
import { exact } from '../../time/format.ts';
import type { DecisionRow, ShareLinkRow } from '../rows.ts';
import { useFunction } from '../use-function.ts';
import { nameOfLink } from './link-name.ts';
import { mayStillPlay, type RevokeAnswer, revokeAnswer } from './revocation.ts';
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
      mask={{ closable: false }}
      title={receipt ? text.links.revoke.doneTitle : text.links.revoke.title}
      width={540}
    >
      {link && receipt ? <Receipt link={link} receipt={receipt} onClose={close} /> : null}
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
        <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} />
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

const boundMs = 5000;

/** By when playback would end: the tokens that are out outlive the link, and the latest of them says how long. */
function PlaybackBound({ linkId }: { linkId: string }) {
  const { clockSkewMs } = useConfig();
  const { query, result } = useList<DecisionRow, HttpError>({
    resource: 'playback_decisions',
    filters: [
      { field: 'share_token_id', operator: 'eq', value: linkId },
      { field: 'allowed', operator: 'eq', value: true },
    ],
    sorters: [{ field: 'token_expires_at', order: 'desc' }],
    pagination: { currentPage: 1, pageSize: 1 },
    meta: { count: 'none', select: 'id,token_expires_at' },
    queryOptions: { refetchInterval: boundMs },
    errorNotification: false,
  });
  if (query.isPending || query.isError) return text.links.revoke.endsUnknown;
  const latest = result.data[0]?.token_expires_at;
  const stillGood = latest && Date.parse(latest) > Date.now() + clockSkewMs;
  return stillGood ? text.links.revoke.endsBy(exact(new Date(latest), { seconds: true })) : text.links.revoke.endsNow;
}

type ReceiptProps = { link: Link; receipt: RevokeAnswer & { reason: string }; onClose: () => void };

function Receipt({ link, receipt, onClose }: ReceiptProps) {
  const lasting = mayStillPlay(receipt);
  return (
    <div className="mm-receipt" role="status">
      <CheckCircleFilled className="mm-receipt-icon" aria-hidden />
      <Facts
        items={[
          [text.links.revoke.link, nameOfLink(link)],
          [text.links.revoke.video, link.video_title ?? text.time.none],
          [text.links.revoke.revokedAt, exact(new Date(receipt.revoked_at), { seconds: true })],
          [
            text.links.revoke.lastByte,
            <span key="by">
              <strong>{exact(new Date(receipt.last_byte_possible_by), { seconds: true })}</strong>
              <br />
              <span className="mm-quiet">
                {lasting ? text.links.revoke.lastByteNote : text.links.revoke.lastByteNow}
              </span>
            </span>,
          ],
          [text.links.revoke.reason, receipt.reason],
        ]}
      />
      <div className="mm-dialog-actions">
        <Button type="primary" autoFocus onClick={onClose}>
          {text.actions.close}
        </Button>
      </div>
    </div>
  );
}
