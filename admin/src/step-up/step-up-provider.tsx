import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useAccount } from '../config/account.ts';
import { useServices } from '../config/services.ts';
import { text } from '../locales/index.ts';
import { isApiError } from '../providers/data/index.ts';
import { StepUpContextProvider } from './step-up.ts';

const StepUpDialog = lazy(() => import('./step-up-dialog.tsx'));

type Asked = { refusal: string; isSoon: boolean; settle: (confirmed: boolean) => void };

/** Two confirmations within a minute are one for the database, which knows them by the minute. */
const soonMs = 60_000;

/** The one dialog in which somebody confirms that it is they, for whatever dangerous act asks for it. */
export function StepUpProvider({ children }: { children: ReactNode }) {
  const { confirmIdentity } = useServices();
  const { name } = useAccount();
  const [asked, setAsked] = useState<Asked>();
  const [isElsewhere, setElsewhere] = useState(false);
  const [failure, setFailure] = useState<string>();
  const confirmedAt = useRef(Number.NEGATIVE_INFINITY);
  // The dialog is loaded when it is first needed, and stays from then on: it has to be there to close.
  const [wasAsked, setWasAsked] = useState(false);

  const ask = useCallback(
    (refusal: string) =>
      new Promise<boolean>((resolve) => {
        setFailure(undefined);
        setWasAsked(true);
        setAsked({
          refusal,
          isSoon: Date.now() - confirmedAt.current < soonMs,
          settle: (confirmed) => {
            setAsked(undefined);
            resolve(confirmed);
          },
        });
      }),
    [],
  );
  const stepUp = useMemo(() => ({ ask, isElsewhere }), [ask, isElsewhere]);

  const confirm = async () => {
    if (!asked) return;
    setFailure(undefined);
    setElsewhere(true);
    try {
      if (!(await confirmIdentity())) return;
      confirmedAt.current = Date.now();
      asked.settle(true);
    } catch (error) {
      setFailure(isApiError(error) ? error.message : text.errors.unnamed);
    } finally {
      setElsewhere(false);
    }
  };

  return (
    <StepUpContextProvider value={stepUp}>
      {children}
      {wasAsked ? (
        <Suspense>
          <StepUpDialog
            refusal={asked?.refusal}
            isSoon={asked?.isSoon ?? false}
            isElsewhere={isElsewhere}
            failure={failure}
            name={name}
            onConfirm={confirm}
            onGiveUp={() => asked?.settle(false)}
          />
        </Suspense>
      ) : null}
    </StepUpContextProvider>
  );
}
