import { createContext, useContext } from 'react';
import { text } from '../locales/index.ts';
import { ApiError, isApiError } from '../providers/data/index.ts';

export type StepUp = {
  /**
   * Asks whoever is at the keyboard to confirm that it is they.
   * @param refusal why: what the server said
   * @returns false when they gave up
   */
  ask: (refusal: string) => Promise<boolean>;
  /** The identity provider asks in a dialog of its own: ours must not fetch the keyboard back. */
  isElsewhere: boolean;
};

const StepUpContext = createContext<StepUp | undefined>(undefined);
export const StepUpContextProvider = StepUpContext.Provider;

export function useStepUp(): StepUp {
  const stepUp = useContext(StepUpContext);
  if (!stepUp) throw new Error('useStepUp is used outside of StepUpProvider');
  return stepUp;
}

/**
 * Does something that may need a fresh confirmation: when the server asks for one, the person is asked, and it is done again.
 * @throws ApiError `auth.step_up_given_up` when they gave up, else whatever `act` throws.
 */
export async function confirmed<T>(ask: StepUp['ask'], act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!isApiError(error) || error.code !== 'auth.step_up_required') throw error;
      if (await ask(error.message)) continue;
      throw new ApiError({
        statusCode: 403,
        code: 'auth.step_up_given_up',
        message: text.stepUp.givenUp,
        cause: error,
      });
    }
  }
}
