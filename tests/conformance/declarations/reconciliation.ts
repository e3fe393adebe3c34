import { object } from '../declare.ts';
import type { Scenario } from '../scenario.ts';

const operations = { operator: 'all', admin: 'all' } as const;

const run = `id kind is_dry_run orphan_rule outcome stage window_from attempts list_calls uploads_seen assets_seen found last_error
             started_at ended_at`;
const finding = 'id run_id kind subject action found_at';

/** Comparisons with Mux: tables. */
export const reconciliationTables = [
  object('app.reconciliation_runs', {
    columns: { shown: run, lease: 'page_cursor runner leased_until' },
    select: { shown: operations },
  }),
  object('app.reconciliation_findings', { columns: { shown: finding }, select: { shown: operations } }),
  object('app.reconciliation_sightings', { key: 'subject', columns: { internal: 'run_id kind subject' } }),
];

/** And the views of them. */
export const reconciliationViews = [
  object('api.reconciliation_runs', {
    rowsOf: 'app.reconciliation_runs',
    columns: { shown: run },
    select: { shown: operations },
  }),
  object('api.reconciliation_findings', {
    rowsOf: 'app.reconciliation_findings',
    columns: { shown: finding },
    select: { shown: operations },
  }),
];

const byWorker = (rule: string, statement: string, answer = '422 request.invalid'): Scenario => ({
  rule,
  as: 'mm_service',
  statement: () => statement,
  answer,
});

const nobodys = `'01900000-0000-7000-8000-000000000000', gen_random_uuid()`;

/** What the worker may ask of a reconciliation. */
export const reconciliationScenarios: Scenario[] = [
  byWorker('a reconciliation is light or whole', `select app.begin_reconciliation('half', false, 'list')`),
  byWorker('a reconciliation has a kind', `select app.begin_reconciliation(null, false, 'list')`),
  byWorker('a reconciliation is a dry run or not', `select app.begin_reconciliation('whole', null, 'list')`),
  byWorker('orphans are listed or deleted', `select app.begin_reconciliation('whole', false, 'adopt')`),
  byWorker('a reconciliation says what happens to orphans', `select app.begin_reconciliation('whole', false, null)`),
  ...[
    `app.advance_reconciliation(${nobodys}, 'assets')`,
    `app.compare_assets(${nobodys}, '[]')`,
    `app.compare_uploads(${nobodys}, '[]')`,
    `app.reconcile_asset(${nobodys}, 'asset_missing', 'marked', '{"id": "asset"}')`,
    `app.reconcile_upload(${nobodys}, 'upload_differs', 'closed', '{"id": "upload"}')`,
    `app.unseen_assets(${nobodys})`,
    `app.unseen_uploads(${nobodys})`,
    `app.end_dead_links(${nobodys})`,
    `app.finish_reconciliation(${nobodys})`,
    `app.release_reconciliation(${nobodys}, 'mux.503')`,
  ].map((call) =>
    byWorker(`who does not hold the run cannot ask ${call.split('(')[0]}`, `select ${call}`, '409 reconciliation.lost'),
  ),
];
