import type Mux from '@mux/mux-node';
import { APIError } from '@mux/mux-node';
import { DatabaseError } from 'pg';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { cancelUpload, deleteAsset, StillAtMuxError } from './erase-at-mux.ts';

interface ClaimedStep {
  readonly step_id: string;
  readonly request_id: string;
  readonly system: 'postgres' | 'audit' | 'mux';
  readonly action: string;
  readonly target: string;
}

const claimStatement = {
  name: 'claim_erasure_step',
  text: 'select step_id, request_id, system, action, target from app.claim_erasure_step() where step_id is not null',
};
const carryOutStatement = { name: 'carry_out_erasure_step', text: 'select app.carry_out_erasure_step($1) as state' };
const finishStatement = { name: 'finish_erasure_step', text: 'select app.finish_erasure_step($1, $2::jsonb)' };
const failStatement = { name: 'fail_erasure_step', text: 'select app.fail_erasure_step($1, $2)' };
const assetStatement = { name: 'apply_asset_snapshot', text: 'select app.apply_asset_snapshot($1::jsonb)' };
const completeStatement = { name: 'complete_erasures', text: 'select app.complete_erasures() as completed' };

/** What is kept of an error. A code only: the words of an error may repeat the value that was to be erased. */
function codeOf(error: unknown): string {
  if (error instanceof StillAtMuxError) {
    return error.message;
  }
  if (error instanceof APIError) {
    return `mux.${error.status ?? 'no_answer'}`;
  }
  if (error instanceof DatabaseError) {
    return ['postgres', error.code, error.table, error.constraint].filter((part) => part !== undefined).join('.');
  }
  return 'worker.unexpected';
}

async function carryOut(database: Database, mux: Mux, step: ClaimedStep): Promise<void> {
  if (step.system !== 'mux') {
    await database.query(carryOutStatement, [step.step_id]);
    return;
  }
  if (step.action === 'delete') {
    const answers = await deleteAsset(mux, step.target);
    await database.query(finishStatement, [step.step_id, JSON.stringify({ answers })]);
    return;
  }
  const { answers, asset } = await cancelUpload(mux, step.target);
  if (asset !== undefined) {
    // Before the step is done: from now on the plan knows the asset, and it goes as well.
    await database.query(assetStatement, [JSON.stringify(asset)]);
  }
  await database.query(finishStatement, [step.step_id, JSON.stringify({ answers })]);
}

/**
 * Carries out approved erasures, step by step, and completes those whose steps have all ended (CO-01, CO-02). Each step is claimed,
 * done and recorded on its own, so a worker that is killed in between leaves a step that is claimed again when its lease is over. A
 * step that fails comes again later, ever more rarely; it does not keep the others of its phase waiting.
 * @returns how many steps were begun and how many erasures were completed.
 * @throws {DatabaseUnavailableError} when not even a failure could be recorded.
 */
export async function carryOutErasures(
  database: Database,
  mux: Mux,
  log: Logger,
  isStopping: () => boolean = () => false,
): Promise<{ begun: number; completed: number }> {
  let begun = 0;
  while (!isStopping()) {
    const [step] = await database.query<ClaimedStep>(claimStatement, []);
    if (step === undefined) {
      break;
    }
    begun += 1;
    const facts = { erasureRequestId: step.request_id, erasureStepId: step.step_id, system: step.system };
    try {
      await carryOut(database, mux, step);
      log.info(facts, 'erasure step carried out');
    } catch (error) {
      const code = codeOf(error);
      log.error({ ...facts, code }, 'erasure step failed');
      await database.query(failStatement, [step.step_id, code]);
    }
  }
  const [row] = await database.query<{ completed: number }>(completeStatement, []);
  const completed = row?.completed ?? 0;
  if (completed > 0) {
    log.info({ completed }, 'erasures completed');
  }
  return { begun, completed };
}
