import { useCallback, useEffect, useRef, useState } from 'react';
import type { Report } from './verify-export.ts';
import type { Question, Word } from './worker.ts';

export type Phase =
  | { is: 'idle' }
  | { is: 'reading'; lines: number }
  | { is: 'done'; report: Report }
  | { is: 'broken' };

/** Checks a file in a worker, so that the page stays usable however long the file is. */
export function useVerification() {
  const [phase, setPhase] = useState<Phase>({ is: 'idle' });
  const worker = useRef<Worker>(undefined);
  const end = useCallback(() => {
    worker.current?.terminate();
    worker.current = undefined;
  }, []);
  useEffect(() => end, [end]);

  const start = useCallback(
    (question: Question) => {
      end();
      setPhase({ is: 'reading', lines: 0 });
      const fresh = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
      worker.current = fresh;
      const broke = () => {
        setPhase({ is: 'broken' });
        end();
      };
      fresh.addEventListener('error', broke);
      fresh.addEventListener('message', ({ data }: MessageEvent<Word>) => {
        if (data.is === 'lines') return setPhase({ is: 'reading', lines: data.lines });
        if (data.is === 'broken') return broke();
        setPhase({ is: 'done', report: data.report });
        end();
      });
      fresh.postMessage(question);
    },
    [end],
  );
  const stop = useCallback(() => {
    end();
    setPhase({ is: 'idle' });
  }, [end]);
  return { phase, start, stop };
}
