import type Mux from '@mux/mux-node';
import { APIError } from '@mux/mux-node';
import type { Logger } from 'pino';
import { crashPoint } from '../crash-point.ts';
import type { Database } from '../db/database.ts';
import { reconcileUpload } from '../jobs/reconcile-uploads.ts';
import { isHalfAnswer, type Wait } from './ask-mux.ts';
import { MuxLists } from './mux-lists.ts';
import { type OrphanRule, type ReconciliationKind, RunRecord, type RunReport } from './run-record.ts';

export interface ReconcileOptions {
  readonly kind: ReconciliationKind;
  readonly orphans: OrphanRule;
  /** Only says what it would do. */
  readonly isDryRun?: boolean;
  /** How many assets may be marked missing. By default 10, or a tenth of all. */
  readonly allowMissing?: number;
  readonly wait: Wait;
}

interface Doors {
  readonly record: RunRecord;
  readonly lists: MuxLists;
  readonly database: Database;
  readonly mux: Mux;
}

/** Newest first, until every upload of ours that is open has been seen. */
async function compareUploads({ record, lists, database, mux }: Doors, from: string | null): Promise<void> {
  let cursor = from ?? undefined;
  let open: Awaited<ReturnType<RunRecord['unseenUploads']>>;
  do {
    const page = await lists.uploads(cursor);
    const byId = new Map(page.items.map((upload) => [upload.id, upload]));
    const differences = await record.compare('upload', page.items);
    crashPoint('reconcile.compared');
    for (const difference of differences) {
      if (difference.action === 'cancelled' && !record.run.is_dry_run) {
        await lists.cancelUpload(difference.id);
      }
      await record.settle('upload', difference, byId.get(difference.id) ?? { id: difference.id });
      crashPoint('reconcile.settled');
    }
    await record.advance('uploads', page.next, page.items.length, 1);
    cursor = page.next;
    open = await record.unseenUploads();
  } while (cursor !== undefined && open.length > 0);
  for (const upload of open.filter((each) => each.is_over)) {
    if (!record.run.is_dry_run) {
      await lists.ask(() => reconcileUpload(database, mux, upload));
    }
    await record.settle('upload', { finding: 'upload_gone', action: 'closed' }, { id: upload.mux_upload_id });
  }
  await record.advance('assets', undefined);
}

/** Newest first: all, or down to the beginning of a light run's window. */
async function compareAssets({ record, lists }: Doors, from: string | null): Promise<void> {
  const windowFrom = (record.run.window_from?.getTime() ?? Number.NEGATIVE_INFINITY) / 1_000;
  let cursor = from ?? undefined;
  do {
    const page = await lists.assets(cursor);
    const byId = new Map(page.items.map((asset) => [asset.id, asset]));
    for (const difference of await record.compare('asset', page.items)) {
      if (difference.action === 'deleted' && !record.run.is_dry_run) {
        await lists.deleteAsset(difference.id);
        crashPoint('reconcile.deleted');
      }
      await record.settle('asset', difference, byId.get(difference.id) ?? { id: difference.id });
    }
    const oldest = page.items.at(-1);
    const isPast = oldest !== undefined && Number(oldest.created_at) < windowFrom;
    cursor = isPast ? undefined : page.next;
    await record.advance(cursor === undefined ? 'missing' : 'assets', cursor, page.items.length, 1);
  } while (cursor !== undefined);
}

/** Asks for each asset of ours that was in no list. Answers whether there were too many to believe it. */
async function markMissing({ record, lists }: Doors, allowed: number | undefined): Promise<boolean> {
  const { asset_ids: ids, is_too_many: isTooMany } = await record.unseenAssets(allowed);
  if (isTooMany) {
    return true;
  }
  for (const id of ids) {
    if ((await lists.asset(id)) === undefined) {
      await record.settle('asset', { finding: 'asset_missing', action: 'marked' }, { id });
    }
  }
  await record.advance('shares', undefined);
  return false;
}

const codeOf = (error: unknown): string =>
  isHalfAnswer(error)
    ? 'mux.no_answer'
    : error instanceof APIError
      ? `mux.${error.status ?? 'no_answer'}`
      : 'worker.unexpected';

/**
 * Compares our uploads and assets with Mux's lists, both ways, and settles what differs by the rules in SQL (JB-08, UP-10): one list
 * call for each hundred. A run that fails is gone on with by the next call, from the page where it was.
 * @returns what it came to; undefined while another process is at it.
 * @throws what ended the run early; it has been written down as a code.
 */
export async function reconcile(
  database: Database,
  mux: Mux,
  log: Logger,
  options: ReconcileOptions,
): Promise<RunReport | undefined> {
  const record = await RunRecord.begin(database, options.kind, options.isDryRun ?? false, options.orphans);
  if (record === undefined) {
    return undefined;
  }
  const doors = { record, lists: new MuxLists(mux, options.wait), database, mux };
  let { stage, page_cursor: cursor } = record.run;
  let isHalted = false;
  try {
    if (stage === 'uploads') {
      await compareUploads(doors, cursor);
      [stage, cursor] = ['assets', null];
    }
    if (stage === 'assets') {
      await compareAssets(doors, cursor);
      stage = 'missing';
    }
    if (stage === 'missing') {
      isHalted = await markMissing(doors, options.allowMissing);
    }
    if (!isHalted) {
      await record.endDeadLinks();
    }
    const report = await record.finish(isHalted);
    log.info({ reconciliation: report }, 'compared with Mux');
    return report;
  } catch (error) {
    await record.release(codeOf(error)).catch((cause: unknown) => {
      log.warn({ err: cause }, 'the run could not be released; its lease ends by itself');
    });
    throw error;
  }
}
