import { Alert } from 'antd';
import { useParams } from 'react-router';
import { Copyable } from '../../components/copyable.tsx';
import { Moment } from '../../components/moment.tsx';
import { Facts, Page, Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton } from '../../components/states.tsx';
import { locale, text } from '../../locales/index.ts';
import { useTrail } from '../../shell/breadcrumbs.tsx';
import { exact } from '../../time/format.ts';
import type { ReconciliationRunRow } from '../rows.ts';
import { useRecord } from '../use-record.ts';
import { Findings } from './findings.tsx';
import { ReconciliationOutcomeTag } from './outcome-tag.tsx';

export default function ReconciliationRunShow() {
  const { id } = useParams();
  const { row, error, isLoading, refetch } = useRecord<ReconciliationRunRow>({
    resource: 'reconciliation_runs',
    id,
    pollMs: (run) => (run && run.ended_at === null ? 5000 : false),
  });
  useTrail(row && exact(new Date(row.started_at)));
  if (row) return <RunPage run={row} />;
  if (isLoading) return <PageSkeleton />;
  return (
    <Page title={text.reconciliation.one}>
      <div className="mm-card">
        <ErrorState
          title={text.errors.recordTitle}
          error={error}
          onRetry={refetch}
          back={{ label: text.actions.backTo(text.reconciliation.title), to: '/reconciliation' }}
        />
      </div>
    </Page>
  );
}

function RunPage({ run }: { run: ReconciliationRunRow }) {
  const words = text.reconciliation;
  const advice =
    run.outcome === 'open' || run.outcome === 'halted' || run.outcome === 'failed' ? run.outcome : undefined;
  return (
    <Page
      title={`${words.kinds[run.kind]}${run.is_dry_run ? ` ${words.dry}` : ''}`}
      aside={<ReconciliationOutcomeTag outcome={run.outcome} />}
      lead={words.oneLead[run.kind]}
    >
      {advice ? (
        <Alert
          type="warning"
          showIcon
          className="mm-page-alert"
          title={words.advice[advice]}
          description={words.runbook}
        />
      ) : null}
      <div className="mm-columns">
        <Findings runId={run.id} isUnderWay={run.ended_at === null} />
        <Panel title={words.details}>
          <Facts
            items={[
              [words.columns.started, <Moment key="s" at={run.started_at} seconds />],
              [words.columns.ended, <Moment key="e" at={run.ended_at} absent={words.underWay} seconds />],
              ...(run.window_from ? ([[words.since, <Moment key="w" at={run.window_from} />]] as const) : []),
              [words.columns.seen, words.seen(run.uploads_seen, run.assets_seen)],
              [words.listCalls, run.list_calls.toLocaleString(locale)],
              [words.orphans, words.orphanRules[run.orphan_rule]],
              [words.attempts, run.attempts.toLocaleString(locale)],
              ...(run.last_error ? ([[words.lastError, <code key="x">{run.last_error}</code>]] as const) : []),
              [words.runId, <Copyable key="i" value={run.id} what={words.runId} />],
            ]}
          />
        </Panel>
      </div>
    </Page>
  );
}
