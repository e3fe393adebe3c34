import { lazy, type ReactNode, Suspense, useState } from 'react';
import { ConfirmContextProvider, type Question } from './use-confirm.ts';

// Loaded with the first question: most visits ask none.
const ConfirmDialog = lazy(() => import('./confirm-dialog.tsx'));

/** The one place that asks "are you sure"; see `useConfirm`. */
export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question>();
  return (
    <ConfirmContextProvider value={setQuestion}>
      {children}
      {question ? (
        <Suspense>
          <ConfirmDialog question={question} />
        </Suspense>
      ) : null}
    </ConfirmContextProvider>
  );
}
