import { CheckCircleFilled, DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Dialog } from '../../../components/dialog.tsx';
import { LinkButton } from '../../../components/link-button.tsx';
import { Facts } from '../../../components/page.tsx';
import { ReasonForm } from '../../../components/reason-form.tsx';
import { WorkingButton } from '../../../components/working-button.tsx';
import { locale, text } from '../../../locales/index.ts';
import { confirmed, useStepUp } from '../../../step-up/step-up.ts';
import { exact } from '../../../time/format.ts';
import { useReceiptFile } from '../../revocations/use-receipt-file.ts';
import { useFunction } from '../../use-function.ts';
import { useRowsOf } from '../../use-rows-of.ts';
import { type BulkAnswer, bulkAnswer, isTooMany, previewRow } from './answers.ts';
import type { RevokeChoice } from './choice.ts';
import { RevocationPreview } from './preview.tsx';
import '../share-links.css';

type Receipt = BulkAnswer & { reason: string };
type Props = { choice: RevokeChoice | undefined; onClose: (done: boolean) => void };

/** Shows what would be taken back, asks why and for a fresh confirmation, and ends in a receipt that stays. */
export function BulkRevoke({ choice, onClose }: Props) {
  const [receipt, setReceipt] = useState<Receipt>();
  const close = () => {
    setReceipt(undefined);
    onClose(receipt !== undefined);
  };
  return (
    <Dialog
      open={choice !== undefined}
      onClose={close}
      title={receipt ? text.links.bulk.doneTitle(receipt.token_count) : text.links.bulk.title}
      width={640}
    >
      {receipt ? <BulkReceipt receipt={receipt} onClose={close} /> : null}
      {choice && !receipt ? <BulkForm choice={choice} onDone={setReceipt} onCancel={close} /> : null}
    </Dialog>
  );
}

type FormProps = { choice: RevokeChoice; onDone: (receipt: Receipt) => void; onCancel: () => void };

function BulkForm({ choice, onDone, onCancel }: FormProps) {
  const { ask } = useStepUp();
  const { rows, error, refetch } = useRowsOf('preview_revocation', previewRow, { args: choice, fresh: true });
  const revoke = useFunction('revoke_share_tokens', bulkAnswer, [
    'share_tokens',
    'videos',
    'revocations',
    'audit_entries',
  ]);
  const send = async (reason: string) => {
    try {
      const answer = await confirmed(ask, () => revoke({ ...choice, reason, expected_count: rows?.length }));
      onDone({ ...answer, reason });
    } catch (failure) {
      // What the preview shows may be what has changed.
      refetch();
      throw failure;
    }
  };
  return (
    <ReasonForm
      danger
      confirm={text.links.bulk.confirm(rows?.length ?? 0)}
      isBlocked={!rows?.length || isTooMany(rows)}
      onSend={send}
      onCancel={onCancel}
    >
      <RevocationPreview rows={rows} error={error} onRetry={refetch} />
    </ReasonForm>
  );
}

function BulkReceipt({ receipt, onClose }: { receipt: Receipt; onClose: () => void }) {
  const words = text.revocations;
  const { save, isSaving } = useReceiptFile(receipt.revocation_id);
  return (
    <div className="mm-receipt" role="status">
      <CheckCircleFilled className="mm-receipt-icon" aria-hidden />
      <Facts
        items={[
          [words.columns.count, receipt.token_count.toLocaleString(locale)],
          [words.columns.revokedAt, exact(new Date(receipt.revoked_at), { seconds: true })],
          [
            text.links.revoke.lastByte,
            <strong key="by">{exact(new Date(receipt.last_byte_possible_by), { seconds: true })}</strong>,
          ],
          [text.reason.label, receipt.reason],
        ]}
      />
      <p className="mm-quiet">{text.links.bulk.stays}</p>
      <div className="mm-dialog-actions">
        <WorkingButton icon={<DownloadOutlined aria-hidden />} isWorking={isSaving} onClick={save}>
          {words.download}
        </WorkingButton>
        <LinkButton to={`/revocations/${receipt.revocation_id}`} onFollow={onClose}>
          {text.links.bulk.openReceipt}
        </LinkButton>
        <Button type="primary" autoFocus onClick={onClose}>
          {text.actions.close}
        </Button>
      </div>
    </div>
  );
}
