import { useInvalidate, useOnError } from '@refinedev/core';
import { useEffect, useRef, useState } from 'react';
import type { ExportFormat } from '../../../components/export/export-format.ts';
import { ExportError, type ExportReceipt, receiveExport } from '../../../components/export/receive-export.ts';
import { chooseTarget } from '../../../components/export/save-target.ts';
import type { FilterValues } from '../../../components/list/list-state.ts';
import { useServices } from '../../../config/services.ts';
import { isApiError } from '../../../providers/data/index.ts';
import { exportName, exportQuery } from './export-query.ts';

export type ExportState =
  | { step: 'choosing'; failure?: unknown }
  | { step: 'running'; bytes: number }
  | { step: 'done'; receipt: ExportReceipt; fileName: string };

/** Progress is told so often, not with every piece. */
const tellEveryMs = 200;

/** One export at a time; leaving the page cancels it. */
export function useExport() {
  const { api } = useServices();
  const { mutate: onError } = useOnError();
  const invalidate = useInvalidate();
  const [state, setState] = useState<ExportState>({ step: 'choosing' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const start = async (format: ExportFormat, values: FilterValues) => {
    const control = new AbortController();
    const { signal } = control;
    try {
      const target = await chooseTarget(format, exportName(format, new Date())).catch((cause: unknown) => {
        throw new ExportError('unwritable', 0, cause);
      });
      if (!target) return;
      running.current = control;
      setState({ step: 'running', bytes: 0 });
      const response = await api.exportAuditLog(exportQuery(format, values), signal).catch(async (error: unknown) => {
        await target.discard();
        throw error;
      });
      let told = 0;
      const onBytes = (bytes: number) => {
        if (performance.now() - told < tellEveryMs) return;
        told = performance.now();
        setState({ step: 'running', bytes });
      };
      const receipt = await receiveExport(response, { format, target, signal, onBytes });
      setState({ step: 'done', receipt, fileName: target.name });
      // The export is an entry itself.
      void invalidate({ resource: 'audit_entries', invalidates: ['list'] });
    } catch (failure) {
      if (signal.aborted) setState({ step: 'choosing' });
      else {
        setState({ step: 'choosing', failure });
        if (isApiError(failure)) onError(failure);
      }
    }
  };

  return {
    state,
    start,
    cancel: () => running.current?.abort(),
    reset: () => setState({ step: 'choosing' }),
  };
}
