import { useMemo } from 'react';
import { Link } from 'react-router';
import { Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import { ownZone } from '../../time/zone.ts';
import { useRowsOf } from '../use-rows-of.ts';
import { dayOfPlays } from './answers.ts';
import { DaysChart } from './days-chart.tsx';
import { watchTime } from './measures.ts';
import './plays.css';

const days = 28;
const pollMs = 60_000;

function useDays() {
  const args = useMemo(() => ({ days, time_zone: ownZone() }), []);
  return useRowsOf('plays_over_time', dayOfPlays, { args, pollMs });
}

/** How much was watched of everything that the reader sees, by the days of their own clock. */
export function PlaysByDay() {
  const { rows, error, isLoading, refetch } = useDays();
  const words = text.plays.days;
  const all = rows?.reduce((sum, day) => sum + day.play_count, 0) ?? 0;
  const seconds = rows?.reduce((sum, day) => sum + day.watch_seconds, 0) ?? 0;
  return (
    <Panel title={words.title(days)} extra={<span className="mm-quiet mm-small">{words.zone(ownZone())}</span>}>
      {rows ? (
        <div className="mm-plays">
          <p>{all === 0 ? words.empty : words.summary(all, watchTime(seconds), days)}</p>
          <DaysChart days={rows} />
        </div>
      ) : isLoading ? (
        <PageSkeleton />
      ) : (
        <ErrorState title={text.errors.listTitle} error={error} onRetry={refetch} level="p" />
      )}
    </Panel>
  );
}

/** The same in a line, on the coach's first page. It is an extra there: nothing is shown until it is known, or when it cannot be read. */
export function PlaysGlance() {
  const { rows } = useDays();
  if (!rows) return null;
  const all = rows.reduce((sum, day) => sum + day.play_count, 0);
  if (all === 0) return null;
  const seconds = rows.reduce((sum, day) => sum + day.watch_seconds, 0);
  return (
    <p className="mm-plays-glance">
      {text.plays.days.summary(all, watchTime(seconds), days)} <Link to="/plays">{text.plays.days.all}</Link>
    </p>
  );
}
