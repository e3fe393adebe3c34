import { locale, text } from '../../locales/index.ts';
import type { DayOfPlays } from './answers.ts';
import { watchTime } from './measures.ts';

const dayFormat = new Intl.DateTimeFormat(locale, {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
});
/** A day is a date without a zone; it is read and written as one of UTC. */
const dayWords = (day: string) => dayFormat.format(new Date(`${day}T00:00:00Z`));

/** Plays by day as bars, and the same as a table. */
export function DaysChart({ days }: { days: readonly DayOfPlays[] }) {
  const words = text.plays.days;
  // A single play is no peak.
  const most = Math.max(4, ...days.map((day) => day.play_count));
  const all = days.reduce((sum, day) => sum + day.play_count, 0);
  const seconds = days.reduce((sum, day) => sum + day.watch_seconds, 0);
  const [first, last] = [days[0], days.at(-1)];
  return (
    <div className="mm-chart">
      <div className="mm-chart-plot">
        <ol className="mm-chart-scale" aria-hidden="true">
          <li>{most.toLocaleString(locale)}</li>
          <li>0</li>
        </ol>
        <svg
          viewBox={`0 0 ${days.length} 100`}
          preserveAspectRatio="none"
          role="img"
          aria-label={words.summary(all, watchTime(seconds), days.length)}
        >
          <path className="mm-chart-grid" d={`M0 0H${days.length}M0 100H${days.length}`} />
          {days.map(({ day, play_count: count }, i) => {
            const height = (100 * count) / most;
            return (
              <rect key={day} className="mm-chart-bar" x={i + 0.12} width={0.76} y={100 - height} height={height}>
                <title>{`${dayWords(day)}: ${text.plays.plays(count)}`}</title>
              </rect>
            );
          })}
        </svg>
        <ol className="mm-chart-times" aria-hidden="true">
          {first ? <li>{dayWords(first.day)}</li> : null}
          {last ? <li>{dayWords(last.day)}</li> : null}
        </ol>
      </div>
      <details>
        <summary>{words.table}</summary>
        <table className="mm-chart-table">
          <caption className="mm-visually-hidden">{words.title(days.length)}</caption>
          <thead>
            <tr>
              <th scope="col">{words.day}</th>
              <th scope="col">{words.plays}</th>
              <th scope="col">{words.watched}</th>
            </tr>
          </thead>
          <tbody>
            {[...days].reverse().map((day) => (
              <tr key={day.day}>
                <th scope="row">{dayWords(day.day)}</th>
                <td>{day.play_count.toLocaleString(locale)}</td>
                <td>{watchTime(day.watch_seconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}
