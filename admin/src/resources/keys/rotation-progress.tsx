import { Moment } from '../../components/moment.tsx';
import { text } from '../../locales/index.ts';
import type { Rotation } from './answers.ts';
import type { Progress } from './progress.ts';
import './keys.css';

/** The four steps with those that are done, and what is next in a sentence. Nothing while no rotation is under way. */
export function RotationProgress({ rotation, progress }: { rotation: Rotation; progress: Progress }) {
  const { stage, done, until } = progress;
  const words = text.keys;
  if (stage === 'idle') return null;
  const steps = rotation === 'mux-signing' ? words.steps.key : words.steps.secret;
  return (
    <div className="mm-rotation-next">
      <ol className="mm-rotation-steps" aria-label={words.progress}>
        {steps.map((step, index) => (
          <li key={step} data-done={index < done} {...(index === done ? { 'aria-current': 'step' } : {})}>
            {step}
          </li>
        ))}
      </ol>
      <span role="status">
        {words.next[stage]} {until ? <Moment at={until} inline /> : null}
      </span>
    </div>
  );
}
