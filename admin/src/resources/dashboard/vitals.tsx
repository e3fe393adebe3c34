import { Moment } from '../../components/moment.tsx';
import { locale, text } from '../../locales/index.ts';
import { ReadingPanel } from '../job-runs/reading.tsx';
import { useRowsOf } from '../use-rows-of.ts';
import { vitalsRow } from './answers.ts';

const pollMs = 60_000;
/** Core Web Vitals are good up to here (p75), in milliseconds and as a score. */
const budget = { lcp: 2_500, inp: 200, cls: 0.1 };

/** How fast the pages were for those who used them, by page and build: Core Web Vitals of seven days. */
export function Vitals() {
  const reading = useRowsOf('web_vitals', vitalsRow, { args: { days: 7 }, pollMs });
  const words = text.dashboard.operator.vitals;
  return (
    <>
      <ReadingPanel
        title={words.title}
        rowTitle={words.page}
        empty={words.none}
        reading={reading}
        nameOf={({ route, release }) => `${route} · ${release}`}
        cellsOf={({ app, lcp_ms, lcp_reports, inp_ms, inp_reports, cls, cls_reports, last_at }) => [
          { title: words.appTitle, value: words.app[app] },
          cell(words.lcp, lcp_ms, lcp_reports, budget.lcp, seconds),
          cell(words.inp, inp_ms, inp_reports, budget.inp, milliseconds),
          cell(words.cls, cls, cls_reports, budget.cls, score),
          { title: words.last, value: <Moment at={last_at} inline /> },
        ]}
      />
      <p className="mm-quiet mm-small">{words.note}</p>
    </>
  );
}

const unit = (unit: string, digits: number) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: digits });
const seconds = (value: number) => unit('second', 2).format(value / 1_000);
const milliseconds = (value: number) => unit('millisecond', 0).format(value);
const score = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 3 });

/** At most so much, of so many reports; nothing where there was none. */
function cell(title: string, value: number | null, reports: number, most: number, show: (value: number) => string) {
  const words = text.dashboard.operator.vitals;
  if (value === null) return { title, align: 'right' as const, value: <span className="mm-quiet">–</span> };
  const isOver = value > most;
  return {
    title,
    align: 'right' as const,
    value: (
      <span className="mm-nums mm-vital" data-over={isOver || undefined}>
        ≤ {show(value)}
        <span className="mm-quiet mm-small">
          {isOver ? `${words.over}, ` : null}
          {words.of(reports)}
        </span>
      </span>
    ),
  };
}
