import { Alert, Button } from 'antd';
import { Moment } from '../../components/moment.tsx';
import { ErrorState, PageSkeleton } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import { ChangesTable } from '../audit-entries/changes-table.tsx';
import { objectWords } from '../audit-entries/words.ts';
import { shortened } from '../short-id.ts';
import { countOutcomes, type TriedRow } from './answers.ts';
import { OutcomeOfReplay } from './outcome.tsx';
import '../audit-entries/audit.css';
import './webhook-events.css';

export type DryRunState = { rows?: readonly TriedRow[]; error?: unknown; isRunning: boolean; run: () => void };

/** What a replay would do, event by event; nothing of it has happened. */
export function DryRun({ rows, error, isRunning, run }: DryRunState) {
  if (isRunning) {
    return (
      <div role="status">
        <p className="mm-quiet">{text.webhooks.dryRun.running}</p>
        <PageSkeleton />
      </div>
    );
  }
  if (!rows) return <ErrorState title={text.webhooks.dryRun.failed} error={error} onRetry={run} level="p" />;
  const [first] = rows;
  if (!first) return <Alert type="info" showIcon title={text.webhooks.dryRun.none} />;
  const words = text.webhooks.dryRun;
  return (
    <section className="mm-dry-run" aria-label={words.title}>
      <div className="mm-dry-run-head">
        <p role="status">
          <strong>{words.title}:</strong>{' '}
          {countOutcomes(rows)
            .map(([outcome, n]) => words.counted[outcome](n))
            .join(', ')}
          .
        </p>
        <Button size="small" onClick={run}>
          {words.again}
        </Button>
      </div>
      {rows.every(({ outcome }) => outcome === 'failed') ? (
        <Alert type="warning" showIcon title={words.failsAgain} />
      ) : null}
      {first.matching > rows.length ? <p className="mm-quiet">{words.first(rows.length, first.matching)}</p> : null}
      <ul className="mm-tried">
        {rows.map((row) => (
          <li key={row.id}>
            <details open={rows.length === 1}>
              <summary>
                <code>{row.type}</code> <OutcomeOfReplay outcome={row.outcome} />
                <span className="mm-small">
                  <Moment at={row.received_at} inline seconds />
                </span>
              </summary>
              <Tried row={row} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Tried({ row }: { row: TriedRow }) {
  if (row.error) {
    return (
      <p className="mm-tried-error">
        <code>{row.error}</code>
      </p>
    );
  }
  if (row.changes.length === 0) return <p className="mm-quiet">{text.webhooks.dryRun.noChange}</p>;
  return row.changes.map(({ object, id, before, after }) => (
    <div key={`${object} ${id}`} className="mm-tried-change">
      <p>
        <strong>{objectWords(object)}</strong> <code title={id}>{shortened(id)}</code>
      </p>
      <ChangesTable entry={{ before: orNull(before), after: orNull(after) }} />
    </div>
  ));
}

/** A side without anything on it: the thing comes into being, or goes. */
function orNull(side: Record<string, unknown>): Record<string, unknown> | null {
  return Object.keys(side).length === 0 ? null : side;
}
