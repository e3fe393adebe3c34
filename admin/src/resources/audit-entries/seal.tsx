import { ClockCircleOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { useList } from '@refinedev/core';
import { Status } from '../../components/status.tsx';
import { useAccount } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import type { AuditCheckpointRow, AuditRow } from '../rows.ts';
import { useNewestCheckpoint } from './checkpoint.ts';

type Sealing = Pick<AuditRow, 'batch_no' | 'sealed_at'>;

/** Whether an entry is sealed, as an icon and words. */
export function SealTag({ entry }: { entry: Sealing }) {
  if (entry.batch_no === null) {
    return (
      <Status tone="busy" icon={<ClockCircleOutlined />}>
        {text.audit.seal.waiting}
      </Status>
    );
  }
  return (
    <span className="mm-seal">
      <Status tone="good" icon={<SafetyCertificateOutlined />}>
        {text.audit.seal.sealed}
      </Status>
      <span className="mm-quiet mm-small mm-nums">{text.audit.seal.batch(entry.batch_no)}</span>
    </span>
  );
}

/** In which batch and when, and which checkpoint signed that. */
export function SealSentences({ entry }: { entry: Sealing }) {
  if (entry.batch_no === null || entry.sealed_at === null) return text.audit.seal.waitingLong;
  return (
    <>
      {text.audit.seal.inBatch(entry.batch_no, exact(new Date(entry.sealed_at), { seconds: true }))}{' '}
      <Coverage batchNo={entry.batch_no} />
    </>
  );
}

function Coverage({ batchNo }: { batchNo: number }) {
  const { signedAt, isPending, isError } = useCoverage(batchNo);
  if (isPending) return null;
  if (isError) return text.audit.seal.unknown;
  return signedAt ? text.audit.seal.covered(exact(new Date(signedAt), { seconds: true })) : text.audit.seal.uncovered;
}

/**
 * When a batch was first signed for. A checkpoint of size n covers the batches 0 to n − 1. A coach reads no table of
 * checkpoints: for them it is the newest one, which is public.
 */
function useCoverage(batchNo: number) {
  const readsAll = useAccount().role !== 'coach';
  const newest = useNewestCheckpoint();
  const size = newest.data?.size ?? 0;
  const isCovered = size > batchNo;
  const { query } = useList<AuditCheckpointRow>({
    resource: 'audit_checkpoints',
    filters: [{ field: 'size', operator: 'gt', value: batchNo }],
    sorters: [{ field: 'size', order: 'asc' }],
    pagination: { pageSize: 1 },
    meta: { select: 'id,size,entries,signed_at', count: 'none' },
    queryOptions: { enabled: readsAll && isCovered },
    errorNotification: false,
  });
  const first = query.data?.data[0]?.signed_at;
  return {
    signedAt: isCovered ? (first ?? newest.data?.signedAt) : undefined,
    isPending: newest.isPending || (readsAll && isCovered && query.isPending),
    isError: newest.isError && !newest.data,
  };
}
