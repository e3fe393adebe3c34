import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderMatrix } from '@mm/sql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import { catalogueRules } from './rules.ts';

const policies = fileURLToPath(new URL('../../policies', import.meta.url));

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

async function offenders(query: string, violate?: string): Promise<string[]> {
  const client = await database.admin.connect();
  try {
    await client.query('begin');
    if (violate !== undefined) await client.query(violate);
    const { rows } = await client.query<{ offender: string }>(query);
    return rows.map((row) => row.offender);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

describe('rules of the catalogue', () => {
  test.each(catalogueRules)('$title', async ({ query, violate, offender }) => {
    expect(await offenders(query)).toEqual([]);
    // The rule is worth nothing unless it notices.
    expect(await offenders(query, violate)).toContain(offender);
  });
});

test('every table has a policy file of its name, and every policy file has a table', async () => {
  const { rows } = await database.admin.query<{ name: string }>(
    `select c.relname as name from pg_class c
     where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace::regnamespace::text in ('app', 'audit', 'authz')`,
  );
  const files = readdirSync(policies).filter((name) => name.endsWith('.sql'));
  expect(files.map((name) => name.slice(0, -4)).sort()).toEqual(rows.map((row) => row.name).sort());
});

test('policies/README.md shows the rules that the database has', async () => {
  const client = await database.admin.connect();
  try {
    expect(readFileSync(join(policies, 'README.md'), 'utf8')).toBe(await renderMatrix(client));
  } finally {
    client.release();
  }
});

test('mm_service may execute the functions named for it and nothing else', async () => {
  const { rows } = await database.admin.query<{ name: string }>(
    `select distinct p.oid::regproc::text as name from pg_proc p
     where p.pronamespace::regnamespace::text in ('api', 'app', 'audit', 'authz', 'jobs')
       and has_function_privilege('mm_service', p.oid, 'execute')
     order by 1`,
  );
  expect(rows.map((row) => row.name)).toEqual([
    'app.act_canary',
    'app.add_signing_key',
    'app.add_webhook_secret',
    'app.adopt_webhook_secrets',
    'app.advance_reconciliation',
    'app.alert_telemetry',
    'app.apply_asset_snapshot',
    'app.apply_retention',
    'app.apply_upload_snapshot',
    'app.ask_share_code',
    'app.attach_upload',
    'app.begin_canary',
    'app.begin_reconciliation',
    'app.begin_share_code_mail',
    'app.blocked_addresses',
    'app.browser_consents',
    'app.carry_out_erasure_step',
    'app.catch_up_jobs',
    'app.check_dead_links',
    'app.claim_dead_events',
    'app.claim_deliveries',
    'app.claim_erasure_step',
    'app.claim_invitation',
    'app.claim_playback_cut',
    'app.clear_alert',
    'app.compare_assets',
    'app.compare_uploads',
    'app.complete_erasures',
    'app.confirm_playback_cut',
    'app.count_limit_hits',
    'app.count_refused_webhooks',
    'app.count_web_vitals',
    'app.decide_playback',
    'app.delay_invitation',
    'app.delay_playback_cut',
    'app.delete_signing_key',
    'app.delete_webhook_secret',
    'app.due_webhook_events',
    'app.end_dead_links',
    'app.enqueue_notification',
    'app.enqueue_slack_notification',
    'app.ensure_months',
    'app.erase_browser_consents',
    'app.escalate_alerts',
    'app.fail_erasure_step',
    'app.fail_upload',
    'app.fail_webhook_event',
    'app.finish_canary',
    'app.finish_erasure_step',
    'app.finish_job_run',
    'app.finish_playback_deletion',
    'app.finish_reconciliation',
    'app.flag_enabled',
    'app.fold_webhook_event',
    'app.fold_webhook_events',
    'app.job_schedule',
    'app.job_telemetry',
    'app.raise_alert',
    'app.receive_webhook',
    'app.receive_webhooks',
    'app.reconcile_asset',
    'app.reconcile_upload',
    'app.record_browser_consent',
    'app.record_delivery_bounced',
    'app.record_delivery_failed',
    'app.record_delivery_sent',
    'app.record_error_event',
    'app.record_invitation_sent',
    'app.record_invitation_withdrawn',
    'app.record_playback_events',
    'app.record_share_code_failed',
    'app.record_share_code_sent',
    'app.release_reconciliation',
    'app.see_webhook_secrets',
    'app.settle_passphrase',
    'app.signing_keys_in_use',
    'app.stale_uploads',
    'app.start_job_run',
    'app.store_webhooks',
    'app.switch_playback',
    'app.switch_signing_key',
    'app.switch_webhook_secret',
    'app.try_passphrase',
    'app.try_share_code',
    'app.unseen_assets',
    'app.unseen_uploads',
    'app.upload_stages',
    'app.upload_telemetry',
    'app.watch_abuse',
    'app.watch_jobs',
    'app.webhook_secrets_in_use',
    'app.webhook_telemetry',
    'app.withdraw_browser_consent',
    'audit.add_checkpoint',
    'audit.checkpoints_after',
    'audit.consistency_proof',
    'audit.first_batch_since',
    'audit.newest_checkpoint',
    'audit.next_checkpoint',
    'audit.page_end',
    'audit.seal_entries',
    'audit.seal_lag',
    'audit.smuggled_entry',
    'audit.verifier_keys',
    'audit.verify_batches',
    'jobs.enqueue',
  ]);
});
