import { expectFitEverywhere } from '../fixtures/accessibility.ts';
import { rewrite, rows } from '../fixtures/database.ts';
import { signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

test('an operator takes an alert on and resolves it, each with a note that is on record', async ({ page }) => {
  const key = `test.${test.info().testId}`;
  const title = `The queue stands still ${test.info().testId}`;
  await rewrite(
    `insert into app.alerts (key, severity, title, details, runbook, escalates_at)
     values ($1, 'critical', $2, '{"queue": "fold-webhook-events"}', 'docs/runbooks/scheduled-jobs.md', now() + interval '15 minutes')`,
    [key, title],
  );
  await signIn(page, 'tomas', `/admin/alerts?q=${key}`);
  const row = page.getByRole('row', { name: new RegExp(title) });
  await expect(row.getByText('Critical')).toBeVisible();
  await expect(row.getByText('Firing')).toBeVisible();
  await expectFitEverywhere(page);

  // A note that is too short is said at its field.
  await page.getByRole('button', { name: `Acknowledge: ${title}` }).click();
  const taking = page.getByRole('dialog', { name: 'Acknowledge this alert' });
  await taking.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(taking.getByText('Give a reason of at least 3 characters.')).toBeVisible();
  await taking.getByLabel('Reason').fill('Looking at the worker');
  await taking.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(taking).toHaveCount(0);
  await expect(row.getByText('Somebody is at it')).toBeVisible();

  await page.getByRole('button', { name: `Resolve: ${title}` }).click();
  const ending = page.getByRole('dialog', { name: 'Resolve this alert' });
  await ending.getByLabel('Reason').fill('The worker was restarted');
  await ending.getByRole('button', { name: 'Resolve' }).click();
  await expect(ending).toHaveCount(0);
  await expect(row.getByText('Resolved')).toBeVisible();
  await expect(page.getByRole('button', { name: `Resolve: ${title}` })).toHaveCount(0);
  await row.getByRole('button', { name: new RegExp(title) }).click();
  await expect(page.getByText('docs/runbooks/scheduled-jobs.md').last()).toBeVisible();
  await expect(page.getByText('fold-webhook-events')).toBeVisible();
  expect(
    await rows(
      `select e.action, e.reason from audit.entries e join app.alerts a on a.id::text = e.object_id where a.key = $1 order by e.id`,
      [key],
    ),
  ).toEqual([
    { action: 'alert.acknowledged', reason: 'Looking at the worker' },
    { action: 'alert.resolved', reason: 'The worker was restarted' },
  ]);
});
