import { ReasonForm } from '../../components/reason-form.tsx';
import { locale, text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import { useFunction } from '../use-function.ts';
import type { Receipt } from './action-dialog.tsx';
import { replayAnswer } from './answers.ts';
import type { Choice } from './choice.ts';
import { DryRun } from './dry-run.tsx';
import { useDryRun } from './use-dry-run.ts';

export type ActionFormProps = { choice: Choice; onDone: (receipt: Receipt) => void; onCancel: () => void };

/** A dry run first; the replay is of exactly as many as it counted. */
export function ReplayForm({ choice, onDone, onCancel }: ActionFormProps) {
  const dryRun = useDryRun(choice);
  const replay = useFunction('replay_webhook_events', replayAnswer, ['webhook_events', 'upload_progress']);
  const matching = dryRun.rows?.[0]?.matching ?? 0;
  const words = text.webhooks.replay;

  const send = async (reason: string) => {
    const answer = await replay({ ...choice.args, reason, expected_count: matching });
    onDone({
      title: words.doneTitle,
      facts: [
        [words.done, answer.replayed.toLocaleString(locale)],
        ...(answer.skipped > 0 ? ([[text.webhooks.skipped, answer.skipped.toLocaleString(locale)]] as const) : []),
        [words.at, exact(new Date(answer.replayed_at), { seconds: true })],
        [text.reason.label, reason],
      ],
      note: words.note,
    });
  };

  return (
    <ReasonForm confirm={words.confirm(matching)} isBlocked={matching === 0} onSend={send} onCancel={onCancel}>
      <DryRun {...dryRun} />
    </ReasonForm>
  );
}
