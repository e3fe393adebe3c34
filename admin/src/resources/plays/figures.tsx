import { locale, text } from '../../locales/index.ts';
import type { PlaysRow } from '../rows.ts';
import { percent, watchTime } from './measures.ts';

/** What the plays came to. What is not known is said to be so: never a nought. */
export function Figures({ plays }: { plays: PlaysRow }) {
  const words = text.plays.figures;
  const known = plays.measured_count > 0;
  const items: readonly (readonly [string, string | null])[] = [
    [words.plays, plays.play_count.toLocaleString(locale)],
    [words.watched, known ? watchTime(plays.watch_seconds) : null],
    [words.completion, plays.completion === null ? null : percent(plays.completion)],
    [words.loading, plays.rebuffer_ratio === null ? null : percent(plays.rebuffer_ratio)],
    [words.errors, plays.error_session_count.toLocaleString(locale)],
  ];
  return (
    <>
      <dl className="mm-figures">
        {items.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd data-absent={value === null}>{value ?? words.none}</dd>
          </div>
        ))}
      </dl>
      {plays.play_count > 0 ? (
        <p className="mm-quiet mm-small">{words.measured(plays.measured_count, plays.play_count)}</p>
      ) : null}
    </>
  );
}
