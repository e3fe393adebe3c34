import { Moment } from '../../components/moment.tsx';
import { locale, text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import { ReadingPanel } from '../job-runs/reading.tsx';
import { useRowsOf } from '../use-rows-of.ts';
import { hitsRow } from './answers.ts';

const pollMs = 30_000;

/** Requests over a limit by the hour, for a day. */
export function Hits() {
  const reading = useRowsOf('limit_hits', hitsRow, { args: { hours: 24 }, pollMs });
  const words = text.rateLimits.hits;
  return (
    <ReadingPanel
      title={words.title}
      rowTitle={text.rateLimits.rules.name}
      empty={words.none}
      reading={reading}
      nameOf={({ hour, rule, mode }) => `${rule} · ${exact(new Date(hour))} · ${text.rateLimits.rules.modes[mode]}`}
      cellsOf={({ hour, mode, hits, addresses }) => [
        { title: words.hour, value: <Moment at={hour} inline /> },
        { title: words.outcome, value: words.outcomes[mode] },
        {
          title: words.requests,
          align: 'right',
          value: <span className="mm-nums">{hits.toLocaleString(locale)}</span>,
        },
        {
          title: words.addresses,
          align: 'right',
          value: <span className="mm-nums">{addresses.toLocaleString(locale)}</span>,
        },
      ]}
    />
  );
}
