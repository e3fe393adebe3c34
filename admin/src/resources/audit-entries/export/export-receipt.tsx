import { CheckCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import type { ExportReceipt } from '../../../components/export/receive-export.ts';
import { Facts } from '../../../components/page.tsx';
import { text } from '../../../locales/index.ts';
import { exact } from '../../../time/format.ts';
import { bytes } from '../../../uploads/size.ts';
import { readCheckpoint } from '../checkpoint.ts';
import { Command } from '../command.tsx';
import { verifyCommand } from '../verify-commands.ts';

type Props = { receipt: ExportReceipt; fileName: string; onClose: () => void };

/** What was saved, by what the file says of itself, and how to check it. */
export function ExportReceiptView({ receipt, fileName, onClose }: Props) {
  const { header, end } = receipt;
  const words = text.audit.export;
  const checkpoint = header && readCheckpoint(header.checkpoint);
  return (
    <div className="mm-receipt" role="status">
      <CheckCircleFilled className="mm-receipt-icon" aria-hidden />
      <Facts
        items={[
          [words.file, <code key="f">{fileName}</code>],
          [words.size, bytes(receipt.bytes)],
          ...(header && end
            ? ([
                [
                  words.holds,
                  <span key="h">
                    {header.kind === 'whole'
                      ? words.holdsWhole(end.entries, end.batches)
                      : words.holdsSelection(end.entries)}
                    {end.removed > 0 ? (
                      <span className="mm-quiet mm-small mm-export-hint">{words.removed(end.removed)}</span>
                    ) : null}
                  </span>,
                ],
              ] as const)
            : []),
          ...(checkpoint
            ? ([[words.checkpoint, exact(new Date(checkpoint.signedAt), { seconds: true })]] as const)
            : []),
        ]}
      />
      {header ? (
        <Command label={words.proof} lines={[verifyCommand(fileName)]} />
      ) : (
        <p className="mm-quiet mm-small">{words.csvProof}</p>
      )}
      <div className="mm-dialog-actions">
        <Button type="primary" autoFocus onClick={onClose}>
          {text.actions.close}
        </Button>
      </div>
    </div>
  );
}
