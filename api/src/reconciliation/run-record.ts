import type { Database } from '../db/database.ts';

/** light: what was made lately; whole: everything. */
export type ReconciliationKind = 'light' | 'whole';
/** What happens to assets at Mux that belong to no upload of ours. */
export type OrphanRule = 'list' | 'delete';

/** A row of `app.reconciliation_runs`, as far as its runner needs it. */
export interface RunRow {
  readonly id: string;
  readonly runner: string;
  readonly kind: ReconciliationKind;
  readonly is_dry_run: boolean;
  readonly stage: 'uploads' | 'assets' | 'missing' | 'shares' | 'done';
  readonly page_cursor: string | null;
  readonly window_from: Date | null;
}

/** What a run came to. */
export interface RunReport {
  readonly id: string;
  readonly kind: ReconciliationKind;
  readonly is_dry_run: boolean;
  readonly outcome: 'matched' | 'repaired' | 'open' | 'halted';
  readonly list_calls: number;
  readonly uploads_seen: number;
  readonly assets_seen: number;
  /** How many of each kind and action: `{"asset_orphan.listed": 2}`. */
  readonly found: Readonly<Record<string, number>>;
}

/** What is to be done about one thing. */
export interface Difference {
  readonly id: string;
  readonly finding: string;
  readonly action: string;
}

export interface UnseenUpload {
  readonly id: string;
  readonly mux_upload_id: string;
  readonly state: string;
  readonly is_over: boolean;
}

const statement = (name: string, text: string) => ({ name, text });
const begin = statement('begin_reconciliation', 'select * from app.begin_reconciliation($1, $2, $3)');
const advance = statement('advance_reconciliation', 'select app.advance_reconciliation($1, $2, $3, $4, $5, $6)');
const compare = {
  upload: statement(
    'compare_uploads',
    'select upload_id as id, finding, action from app.compare_uploads($1, $2, $3::jsonb)',
  ),
  asset: statement(
    'compare_assets',
    'select asset_id as id, finding, action from app.compare_assets($1, $2, $3::jsonb)',
  ),
};
const settle = {
  upload: statement('reconcile_upload', 'select app.reconcile_upload($1, $2, $3, $4, $5::jsonb)'),
  asset: statement('reconcile_asset', 'select app.reconcile_asset($1, $2, $3, $4, $5::jsonb)'),
};
const unseenUploads = statement('unseen_uploads', 'select * from app.unseen_uploads($1, $2)');
const unseenAssets = statement('unseen_assets', 'select * from app.unseen_assets($1, $2, $3)');
const endLinks = statement('end_dead_links', 'select app.end_dead_links($1, $2)');
const finish = statement(
  'finish_reconciliation',
  `select id, kind, is_dry_run, outcome, list_calls, uploads_seen, assets_seen, found
   from app.finish_reconciliation($1, $2, $3)`,
);
const release = statement('release_reconciliation', 'select app.release_reconciliation($1, $2, $3)');

/** One run, as its runner writes it. Every call renews the lease, and is refused when another has taken the run over. */
export class RunRecord {
  readonly run: RunRow;
  readonly #database: Database;

  private constructor(database: Database, run: RunRow) {
    this.#database = database;
    this.run = run;
  }

  /** Begins a run or goes on with one that was left; undefined while another process is at it. */
  static async begin(
    database: Database,
    kind: ReconciliationKind,
    isDryRun: boolean,
    orphans: OrphanRule,
  ): Promise<RunRecord | undefined> {
    const [run] = await database.query<RunRow>(begin, [kind, isDryRun, orphans]);
    return run === undefined ? undefined : new RunRecord(database, run);
  }

  get #who(): [string, string] {
    return [this.run.id, this.run.runner];
  }

  /** The run is at this place now; `seen` things of the stage before were dealt with, for so many pages of a list. */
  async advance(stage: RunRow['stage'], cursor: string | undefined, seen = 0, listCalls = 0): Promise<void> {
    await this.#database.query(advance, [...this.#who, stage, cursor ?? null, seen, listCalls]);
  }

  compare(what: 'upload' | 'asset', items: readonly object[]): Promise<Difference[]> {
    return this.#database.query<Difference>(compare[what], [...this.#who, JSON.stringify(items)]);
  }

  async settle(what: 'upload' | 'asset', difference: Omit<Difference, 'id'>, item: object): Promise<void> {
    await this.#database.query(settle[what], [
      ...this.#who,
      difference.finding,
      difference.action,
      JSON.stringify(item),
    ]);
  }

  unseenUploads(): Promise<UnseenUpload[]> {
    return this.#database.query<UnseenUpload>(unseenUploads, this.#who);
  }

  async unseenAssets(allowed: number | undefined): Promise<{ asset_ids: string[]; is_too_many: boolean }> {
    const [row] = await this.#database.query<{ asset_ids: string[]; is_too_many: boolean }>(unseenAssets, [
      ...this.#who,
      allowed ?? null,
    ]);
    return row ?? { asset_ids: [], is_too_many: false };
  }

  async endDeadLinks(): Promise<void> {
    await this.#database.query(endLinks, this.#who);
  }

  async finish(isHalted: boolean): Promise<RunReport> {
    const [report] = await this.#database.query<RunReport>(finish, [...this.#who, isHalted]);
    if (report === undefined) {
      throw new Error('The run has ended without a report.');
    }
    return report;
  }

  /** @param error a code, no words */
  async release(error: string): Promise<void> {
    await this.#database.query(release, [...this.#who, error]);
  }
}
