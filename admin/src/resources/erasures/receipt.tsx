import { Button } from 'antd';
import { Copyable } from '../../components/copyable.tsx';
import { Moment } from '../../components/moment.tsx';
import { Facts, Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton, StatePage } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import { useRows } from '../use-rows.ts';
import type { ErasureRow, ReceiptRow } from './answers.ts';

/** The receipt of a completed erasure, to be kept as it was hashed. */
export function ReceiptPanel({ request }: { request: ErasureRow }) {
  const { rows, error, isLoading, refetch } = useRows<ReceiptRow>({
    resource: 'erasure_receipts',
    filters: [{ field: 'request_id', operator: 'eq', value: request.id }],
    sorters: [{ field: 'completed_at', order: 'desc' }],
    pollMs: 60_000,
  });
  const words = text.erasures.receipt;
  const receipt = rows?.[0];
  return (
    <Panel title={words.title}>
      {receipt ? (
        <>
          <Facts
            items={[
              [words.completed, <Moment key="c" at={receipt.completed_at} />],
              [words.hash, <Copyable key="h" value={receipt.sha256} what={words.hash} />],
            ]}
          />
          <p className="mm-quiet mm-erasure-note">{words.note}</p>
          <Button onClick={() => save(receipt, request.id)}>{words.save}</Button>
        </>
      ) : isLoading ? (
        <PageSkeleton />
      ) : error ? (
        <ErrorState title={text.errors.recordTitle} error={error} onRetry={refetch} level="p" />
      ) : (
        <StatePage kind="empty" level="p" title={words.none} />
      )}
    </Panel>
  );
}

/** Byte for byte what was hashed, so that `sha256sum` of the file is the receipt's. */
function save({ body }: ReceiptRow, requestId: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([body], { type: 'application/json' }));
  link.download = `erasure-${requestId}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
