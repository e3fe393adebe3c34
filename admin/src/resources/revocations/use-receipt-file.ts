import { useDataProvider, useNotification } from '@refinedev/core';
import { useState } from 'react';
import { text } from '../../locales/index.ts';
import { isApiError } from '../../providers/data/index.ts';
import type { RevocationRow, RevokedTokenRow } from '../rows.ts';
import { receiptCsv } from './receipt-csv.ts';

/** As many as the server answers at once. */
const pageSize = 1000;

/** Saves the whole receipt of a revocation, all its lines, as a CSV file; or says that it could not be read, and saves nothing. */
export function useReceiptFile(id: string): { save: () => Promise<void>; isSaving: boolean } {
  const dataProvider = useDataProvider()();
  const { open } = useNotification();
  const [isSaving, setSaving] = useState(false);

  const readLines = async (): Promise<RevokedTokenRow[]> => {
    const lines: RevokedTokenRow[] = [];
    for (let currentPage = 1; ; currentPage += 1) {
      const { data } = await dataProvider.getList<RevokedTokenRow>({
        resource: 'revoked_tokens',
        filters: [{ field: 'revocation_id', operator: 'eq', value: id }],
        sorters: [{ field: 'id', order: 'asc' }],
        pagination: { currentPage, pageSize },
        meta: { count: 'none' },
      });
      lines.push(...data);
      if (data.length < pageSize) return lines;
    }
  };

  const save = async () => {
    setSaving(true);
    try {
      const [{ data: receipt }, lines] = await Promise.all([
        dataProvider.getOne<RevocationRow>({ resource: 'revocations', id }),
        readLines(),
      ]);
      const csv = new Blob([receiptCsv(receipt, lines)], { type: 'text/csv;charset=utf-8' });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(csv);
      link.download = `revocation-${id}.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      const message = isApiError(error) ? error.message : text.errors.unnamed;
      open?.({ type: 'error', message: text.revocations.downloadFailed, description: message });
    } finally {
      setSaving(false);
    }
  };
  return { save, isSaving };
}
