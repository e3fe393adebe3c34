import { strings } from '../strings/steps.ts';
import type { StepForm } from './form.ts';
import { endStep, type StepContext } from './show-step.ts';
import type { StepOutcome } from './step-client.ts';

/** Says at the field why an answer did not do; a link that has ended meanwhile gets its calm page. */
export function explainRefusal(
  form: StepForm,
  outcome: Exclude<StepOutcome<unknown>, { kind: 'done' }>,
  context: StepContext,
  wrong: string,
): void {
  if (outcome.kind === 'unavailable') endStep(context);
  else if (outcome.kind === 'throttled') form.holdBack(outcome.waitMs);
  else form.complain(outcome.kind === 'unreachable' ? strings.unreachable : wrong);
}
