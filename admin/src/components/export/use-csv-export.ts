import { useInvalidate, useOnError } from '@refinedev/core';
import { useEffect, useRef, useState } from 'react';
import { isApiError } from '../../providers/data/index.ts';
import { receiveExport } from './receive-export.ts';
import { chooseTarget } from './save-target.ts';

export type CsvExport =
  | { step: 'ready' }
  | { step: 'running' }
  | { step: 'done'; fileName: string }
  | { step: 'failed'; failure: unknown };

/** “plays-20261121T040506Z.csv”: sorts by time, and is no path on any system. */
const nameAt = (name: string, now: Date) => `${name}-${now.toISOString().replace(/[-:]|\.\d+/g, '')}.csv`;

/**
 * One export at a time; leaving the page cancels it. A file that was cut off is never saved.
 * @param name what the file is called, before the time
 * @param ask begins the export; the answer's body is the file
 */
export function useCsvExport(name: string, ask: (signal: AbortSignal) => Promise<Response>) {
  const { mutate: onError } = useOnError();
  const invalidate = useInvalidate();
  const [state, setState] = useState<CsvExport>({ step: 'ready' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const start = async () => {
    const control = new AbortController();
    const { signal } = control;
    running.current = control;
    try {
      const target = await chooseTarget('csv', nameAt(name, new Date()));
      if (!target) return;
      setState({ step: 'running' });
      const response = await ask(signal).catch(async (error: unknown) => {
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
