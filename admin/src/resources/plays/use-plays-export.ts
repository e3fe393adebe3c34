import { useInvalidate, useOnError } from '@refinedev/core';
import { useEffect, useRef, useState } from 'react';
import { useServices } from '../../config/services.ts';
import { isApiError } from '../../providers/data/index.ts';
import { receiveExport } from '../audit-entries/export/receive-export.ts';
import { chooseTarget } from '../audit-entries/export/save-target.ts';
import type { PlaysOf } from './answers.ts';

export type PlaysExport =
  | { step: 'ready' }
  | { step: 'running' }
  | { step: 'done'; fileName: string }
  | { step: 'failed'; failure: unknown };

/** “plays-20261121T040506Z.csv”: sorts by time, and is no path on any system. */
const nameAt = (now: Date) => `plays-${now.toISOString().replace(/[-:]|\.\d+/g, '')}.csv`;

/** One export at a time; leaving the page cancels it. A file that was cut off is never saved. */
export function usePlaysExport(of: PlaysOf) {
  const { api } = useServices();
  const { mutate: onError } = useOnError();
  const invalidate = useInvalidate();
  const [state, setState] = useState<PlaysExport>({ step: 'ready' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const start = async () => {
    const control = new AbortController();
    const { signal } = control;
    running.current = control;
    try {
      const target = await chooseTarget('csv', nameAt(new Date()));
      if (!target) return;
      setState({ step: 'running' });
      const response = await api.exportPlays(new URLSearchParams(of), signal).catch(async (error: unknown) => {
        await target.discard();
        throw error;
      });
      await receiveExport(response, { format: 'csv', target, signal, onBytes: () => undefined });
      setState({ step: 'done', fileName: target.name });
      // The export is an entry of the audit log.
      void invalidate({ resource: 'audit_entries', invalidates: ['list'] });
    } catch (failure) {
      if (signal.aborted) return;
      setState({ step: 'failed', failure });
      if (isApiError(failure)) onError(failure);
    }
  };
  return { state, start };
}
