import { useCallback, useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { useFunction } from '../use-function.ts';
import { type TriedRow, triedRow } from './answers.ts';
import type { Choice } from './choice.ts';
import type { DryRunState } from './dry-run.tsx';

const triedRows = z.array(triedRow);

/** Tries a replay when the choice is made, and again when asked; the answer of a choice that is gone is dropped. */
export function useDryRun(choice: Choice): DryRunState {
  const preview = useFunction('preview_replay', triedRows, [], { many: true });
  const latest = useRef(preview);
  latest.current = preview;
  const [state, setState] = useState<{ rows?: readonly TriedRow[]; error?: unknown; isRunning: boolean }>({
    isRunning: true,
  });
  const turn = useRef(0);
  const run = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    const settle = (next: typeof state) => {
      if (mine === turn.current) setState(next);
    };
    settle({ isRunning: true });
    latest.current(choice.args).then(
      (rows) => settle({ rows, isRunning: false }),
      (error: unknown) => settle({ error, isRunning: false }),
    );
  }, [choice]);
  useEffect(() => {
    run();
    return () => {
      turn.current += 1;
    };
  }, [run]);
  return { ...state, run };
}
