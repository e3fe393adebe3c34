import { ReasonForm } from '../../components/reason-form.tsx';
import { locale, text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import { useFunction } from '../use-function.ts';
import { discardAnswer } from './answers.ts';
import type { ActionFormProps } from './replay-form.tsx';
import { useChoiceCount } from './use-choice-count.ts';

/** How many, and what that means; the discard is of exactly as many as were counted. */
export function DiscardForm({ choice, onDone, onCancel }: ActionFormProps) {
  const count = useChoiceCount(choice);
  const discard = useFunction('discard_webhook_events', discardAnswer, ['webhook_events', 'upload_progress']);
  const words = text.webhooks.discard;

  const send = async (reason: string) => {
    const answer = await discard({ ...choice.args, reason, expected_count: count });
    onDone({
      title: words.doneTitle,
      facts: [
        [words.done, answer.discarded.toLocaleString(locale)],
        ...(answer.skipped > 0 ? ([[text.webhooks.skipped, answer.skipped.toLocaleString(locale)]] as const) : []),
        [words.at, exact(new Date(answer.discarded_at), { seconds: true })],
        [text.reason.label, reason],
      ],
    });
  };

  return (
    <ReasonForm danger confirm={words.confirm(count ?? 0)} isBlocked={!count} onSend={send} onCancel={onCancel}>
      <p role="status">
        <strong>{count === undefined ? words.counting : count === 0 ? words.none : words.title(count)}</strong>
      </p>
      <ul className="mm-consequences">
        {words.consequences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </ReasonForm>
  );
}
