import { Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton, StatePage } from '../../components/states.tsx';
import { locale, text } from '../../locales/index.ts';
import { useRowsOf } from '../use-rows-of.ts';
import { boundRow } from './answers.ts';
import { lapse } from './milliseconds.ts';

const days = 7;

/** How soon playback ended, measured over the last days: half of the runs, nearly all of them, and the slowest. */
export function MeasuredBound() {
  const { rows, error, refetch } = useRowsOf('revocation_bound', boundRow, { args: { days }, pollMs: 60_000 });
  const words = text.bound;
  return (
    <Panel title={words.measured(days)} flush>
      {error && !rows ? <ErrorState title={words.failed} error={error} onRetry={refetch} level="p" /> : null}
      {!rows && !error ? (
        <div className="mm-panel-body">
          <PageSkeleton />
        </div>
      ) : null}
      {rows?.length === 0 ? <StatePage kind="empty" level="p" title={words.nothing} /> : null}
      {rows && rows.length > 0 ? (
        <div className="mm-bound">
          <table>
            <thead>
              <tr>
                <th scope="col">{words.columns.step}</th>
                <th scope="col">{words.columns.p50}</th>
                <th scope="col">{words.columns.p99}</th>
                <th scope="col">{words.columns.max}</th>
                <th scope="col">{words.columns.runs}</th>
                <th scope="col">{words.columns.late}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.kind} ${row.step}`}>
                  <th scope="row">{words.steps[row.kind][row.step]}</th>
                  <td>{lapse(row.p50_ms)}</td>
                  <td>{lapse(row.p99_ms)}</td>
                  <td>{lapse(row.max_ms)}</td>
                  <td>{row.runs.toLocaleString(locale)}</td>
                  <td>{row.late.toLocaleString(locale)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </Panel>
  );
}
