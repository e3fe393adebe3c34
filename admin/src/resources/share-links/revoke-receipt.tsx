import { CheckCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { Facts } from '../../components/page.tsx';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import type { ShareLinkRow } from '../rows.ts';
import { nameOfLink } from './link-name.ts';
import { mayStillPlay, type RevokeAnswer } from './revocation.ts';

export type RevokeReceiptProps = {
  link: Pick<ShareLinkRow, 'public_id' | 'label' | 'video_title'>;
  receipt: RevokeAnswer & { reason: string };
  onClose: () => void;
};

/** What was done, to what, why, and until when anybody may still be playing. */
export function RevokeReceipt({ link, receipt, onClose }: RevokeReceiptProps) {
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
          [text.reason.label, receipt.reason],
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
