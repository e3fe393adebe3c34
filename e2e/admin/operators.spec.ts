import { expectAccessible, expectFitEverywhere } from '../fixtures/accessibility.ts';
import { rows } from '../fixtures/database.ts';
import { breakReadiness, deadReadyEvent, unreadableEvents } from '../fixtures/dead-events.ts';
import { sendClip } from '../fixtures/made.ts';
import { signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

const statusOf = async (videoId: string) =>
  (await rows<{ status: string }>('select status from app.videos where id = $1', [videoId]))[0]?.status;

test('an operator finds the dead event, dry-runs and replays it, and the video becomes ready', async ({
  page,
  stack,
}) => {
  test.setTimeout(180_000);
  const title = `Replayed ${test.info().testId}`;
  const mend = await breakReadiness(title);
  try {
    const { videoId, uploadJobId } = await sendClip(title);
    const eventId = await deadReadyEvent(uploadJobId);
    await signIn(page, 'tomas', '/admin/webhook-events');
    await page
      .getByRole('list', { name: 'What waits for a person' })
      .getByRole('link', { name: /gave up/ })
      .click();
    await expect(page).toHaveURL(/state=dead/);
    const row = page.locator(`tr[data-row-key="${eventId}"]`);
    await expect(row).toContainText('video.asset.ready');

    // What broke it is still broken: the dry run says so.
    await row.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Replay…' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('1 would fail again')).toBeVisible();
    await expect(dialog.getByText('What made it fail is still there.', { exact: false })).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    await mend();
    await row.getByRole('link', { name: 'video.asset.ready' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'video.asset.ready' })).toBeVisible();
    const attempts = page.getByRole('region', { name: 'Failed attempts' });
    await expect(attempts.getByText('violates check constraint', { exact: false }).first()).toBeVisible();

    await page.getByRole('button', { name: 'Show the masked payload' }).click();
    const payload = page.getByRole('region', { name: 'Payload' });
    await expect(payload).toContainText(uploadJobId);
    const [asset] = await rows<{ playback_id: string | null }>(
      'select playback_id from app.mux_assets where upload_job_id = $1',
      [uploadJobId],
    );
    await expect(payload).toContainText('[masked]');
    await expect(payload).not.toContainText(title);
    if (asset?.playback_id) await expect(payload).not.toContainText(asset.playback_id);

    await page.getByRole('button', { name: 'Replay…' }).click();
    await expect(dialog.getByText('1 would be processed')).toBeVisible();
    const change = dialog.getByRole('row').filter({ hasText: 'status' }).filter({ hasText: 'ready' });
    await expect(change.first()).toBeVisible();
    expect(await statusOf(videoId), 'a dry run changes nothing').not.toBe('ready');

    await dialog.getByRole('button', { name: 'Replay 1 event' }).click();
    await expect(dialog.getByText('Give a reason of at least 3 characters.')).toBeVisible();
    await dialog.getByLabel('Reason').fill('The constraint was wrong and is gone');
    await dialog.getByRole('button', { name: 'Replay 1 event' }).click();
    await expect(page.getByRole('dialog', { name: 'The replay is under way' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();

    await expect(page.getByText('Processed', { exact: true }).first()).toBeVisible();
    await expect.poll(() => statusOf(videoId)).toBe('ready');

    // The upload tells the same story, and nothing of whose it is.
    await page.goto(`${stack.urls.admin}uploads/${uploadJobId}`);
    const story = page.getByRole('region', { name: 'What happened' });
    await expect(story.getByText('Video ready')).toBeVisible();
    await expect(story.getByText('video.asset.ready')).toBeVisible();
    await expect(page.getByText(title)).toHaveCount(0);
    await expect(page.getByText('clip.mp4')).toHaveCount(0);
    const recorded = await rows<{ action: string; reason: string | null }>(
      `select action, reason from audit.entries where object_type = 'webhook_event' and object_id = $1 order by id`,
      [eventId],
    );
    expect(recorded).toEqual([
      { action: 'webhook_event.payload_read', reason: null },
      { action: 'webhook.replayed', reason: 'The constraint was wrong and is gone' },
    ]);
  } finally {
    await mend();
  }
});

test('all events that match are discarded together, with a reason and a receipt, and nothing else', async ({
  page,
  stack,
}) => {
  const type = 'video.upload.errored';
  const ids = await unreadableEvents(type, 2);
  await signIn(page, 'tomas');
  await page.goto(`${stack.urls.admin}webhook-events?type=${type}`);
  await expect(page.getByText('to act on all that match', { exact: false })).toBeVisible();
  await page.goto(`${stack.urls.admin}webhook-events?type=${type}&state=dead`);
  await page.getByRole('button', { name: 'Discard all…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Discard 2 events?')).toBeVisible();
  await dialog.getByLabel('Reason').fill('Sent by a broken proxy');
  await dialog.getByRole('button', { name: 'Discard 2 events' }).click();
  await expect(page.getByRole('dialog', { name: 'Discarded' })).toContainText('Sent by a broken proxy');
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(page.getByText('Nothing matches')).toBeVisible();
  const states = await rows<{ state: string }>('select state from app.webhook_events where id = any ($1)', [ids]);
  expect(states.map(({ state }) => state)).toEqual(['discarded', 'discarded']);
});

test('a choice that somebody else changed meanwhile is refused, and nothing happens', async ({
  page,
  stack,
  expectRefusal,
}) => {
  const [kept = '', gone = ''] = await unreadableEvents('video.upload.cancelled', 2);
  await signIn(page, 'tomas');
  await page.goto(`${stack.urls.admin}webhook-events?type=video.upload.cancelled&state=dead`);
  for (const id of [kept, gone]) await page.locator(`tr[data-row-key="${id}"]`).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Discard…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('Not ours');
  await rows(`update app.webhook_events set state = 'discarded', processed_at = now() where id = $1`, [gone]);
  expectRefusal({ url: /discard_webhook_events/, status: 409 });
  await dialog.getByRole('button', { name: 'Discard 2 events' }).click();
  await expect(dialog.getByRole('alert')).toContainText('The choice holds 1 events now, not 2.');
  expect((await rows<{ state: string }>('select state from app.webhook_events where id = $1', [kept]))[0]?.state).toBe(
    'dead',
  );
  await rows(`update app.webhook_events set state = 'discarded', processed_at = now() where id = $1`, [kept]);
});

/** A whole run that left one public asset for a person. */
async function openRun(): Promise<string> {
  const [run] = await rows<{ id: string }>(
    `insert into app.reconciliation_runs
       (kind, is_dry_run, orphan_rule, outcome, stage, list_calls, uploads_seen, assets_seen, found, started_at, ended_at)
     values ('whole', false, 'list', 'open', 'done', 3, 12, 240, '{"asset_public.listed": 1}', now() - interval '1 minute', now())
     returning id`,
  );
  await rows(
    `insert into app.reconciliation_findings (run_id, kind, subject, action) values ($1, 'asset_public', 'asset-in-the-open', 'listed')`,
    [run?.id],
  );
  return run?.id ?? '';
}

test('an operator sees each comparison with Mux, what it found and what is left to do', async ({ page, stack }) => {
  const runId = await openRun();
  await signIn(page, 'tomas', '/admin/reconciliation');
  await page.goto(`${stack.urls.admin}reconciliation?outcome=open&kind=whole`);
  await page.locator(`tr[data-row-key="${runId}"]`).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Whole run' })).toBeVisible();
  await expect(page.getByText('Some findings are left for a person.')).toBeVisible();
  const findings = page.getByRole('region', { name: 'Findings' });
  await expect(findings.getByRole('row').filter({ hasText: 'An asset is public' })).toContainText('Left for a person');
  await expect(page.getByText('12 uploads, 240 assets')).toBeVisible();
});

test('an operator sees what runs by itself: queues, schedule and runs', async ({ page }) => {
  await signIn(page, 'tomas', '/admin/jobs');
  const queues = page.getByRole('table', { name: 'Queues' });
  await expect(queues.getByRole('rowheader').first()).toBeVisible();
  const known = await rows<{ queue: string }>('select queue from app.queue_depths() order by queue');
  expect(await queues.getByRole('rowheader').allTextContents()).toEqual(known.map(({ queue }) => queue));
  const schedule = page.getByRole('table', { name: 'Schedule' });
  const jobs = await rows<{ job: string }>('select job from app.job_schedule() order by job');
  await expect(schedule.getByRole('rowheader')).toHaveText(jobs.map(({ job }) => job));

  // A run that failed is found by its outcome, with why.
  const job = `e2e-${test.info().testId.slice(-8)}`;
  await rows(
    `insert into app.job_runs (job, started_at, ended_at, outcome, error)
     values ($1, now() - interval '3 seconds', now(), 'failed', 'The disk was full')`,
    [job],
  );
  await page.goto(`${page.url().split('?')[0]}?outcome=failed&job=${job}`);
  const run = page.getByRole('row').filter({ hasText: job });
  await expect(run).toContainText('The disk was full');
  await expect(run).toContainText('3 s');
});

test('the operators’ pages are accessible and fit, at 1440 and 390 px, in light and dark', async ({ page, stack }) => {
  test.setTimeout(180_000);
  const [eventId = ''] = await unreadableEvents('video.asset.errored', 1);
  const runId = await openRun();
  const { uploadJobId } = await sendClip(`Looked at ${test.info().testId}`, 'ben');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await signIn(page, 'tomas');
  for (const { path, heading } of [
    { path: 'webhook-events?state=dead', heading: 'Webhook events' },
    { path: `uploads/${uploadJobId}`, heading: /^Upload / },
    { path: 'jobs', heading: 'Jobs' },
    { path: `reconciliation/${runId}`, heading: 'Whole run' },
    { path: `webhook-events/${eventId}`, heading: 'video.asset.errored' },
  ]) {
    await test.step(path, async () => {
      await page.goto(`${stack.urls.admin}${path}`);
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
      await expectFitEverywhere(page);
    });
  }
  await page.getByRole('button', { name: 'Replay…' }).click();
  await expect(page.getByText('1 would fail again')).toBeVisible();
  await expectFitEverywhere(page);
  await rows(`update app.webhook_events set state = 'discarded', processed_at = now() where id = $1`, [eventId]);
});

test('a coach sees none of the operators’ pages', async ({ page, stack }) => {
  await signIn(page, 'amelia');
  const navigation = page.getByRole('navigation', { name: 'Main navigation' });
  for (const [path, name] of [
    ['webhook-events', 'Webhook events'],
    ['uploads', 'Uploads'],
    ['jobs', 'Jobs'],
    ['reconciliation', 'Reconciliation'],
  ] as const) {
    await expect(navigation.getByRole('link', { name, exact: true })).toHaveCount(0);
    await page.goto(`${stack.urls.admin}${path}`);
    await expect(page.getByText('Not for your role')).toBeVisible();
  }
});
