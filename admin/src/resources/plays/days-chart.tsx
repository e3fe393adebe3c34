import { Bars } from '../../components/chart/bars.tsx';
import { dayWords } from '../../components/chart/day-words.ts';
import { locale, text } from '../../locales/index.ts';
import type { DayOfPlays } from './answers.ts';
import { watchTime } from './measures.ts';

/** Plays by day as bars, and the same as a table. */
export function DaysChart({ days }: { days: readonly DayOfPlays[] }) {
  const words = text.plays.days;
  const all = days.reduce((sum, day) => sum + day.play_count, 0);
  const seconds = days.reduce((sum, day) => sum + day.watch_seconds, 0);
  return (
    <Bars
      summary={words.summary(all, watchTime(seconds), days.length)}
      table={words.table}
      caption={words.title(days.length)}
      columns={[words.day, words.plays, words.watched]}
      bars={days.map(({ day, play_count, watch_seconds }) => ({
        key: day,
        name: dayWords(day),
        value: play_count,
        title: `${dayWords(day)}: ${text.plays.plays(play_count)}`,
        cells: [play_count.toLocaleString(locale), watchTime(watch_seconds)],
      }))}
    />
  );
}
