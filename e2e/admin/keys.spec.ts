import { randomBytes } from 'node:crypto';
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { rows } from '../fixtures/database.ts';
import { readyVideo, sendClip } from '../fixtures/made.ts';
import { confirmedLongAgo, signIn } from '../fixtures/people.ts';
import { stackInfo } from '../fixtures/stack-info.ts';
import { expect, test } from '../fixtures/test.ts';

const secretName = 'Webhook secret of Mux';

async function tellMux(secret: string): Promise<void> {
  const response = await fetch(`${stackInfo().urls.mux}/control/webhook-secret`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret }),
  });
  expect(response.status).toBe(204);
}

test('an operator rotates the signing key and the webhook secret, and videos play and arrive meanwhile', async ({
  page,
  expectRefusal,
}) => {
  test.setTimeout(180_000);
  for (const status of [403, 422]) expectRefusal({ url: /\/api\/keys\/rotations/, status });
  await signIn(page, 'tomas', '/admin/keys');
  const key = page.getByRole('region', { name: 'Signing key of playback' });
  const secrets = page.getByRole('region', { name: secretName });
  const dialog = page.getByRole('dialog', { name: /^(Rotate|What was done)/ });
  const confirm = async () => {
    const itIsMe = page.getByRole('dialog', { name: 'Confirm that it is you' }).getByRole('button', { name: /^I am / });
    // Not before it is asked for: the confirmation of the act before would serve this one as well.
    await expect(itIsMe).toBeVisible();
    await confirmedLongAgo('tomas');
    await itIsMe.click();
  };
  await expect(key.getByText('Nothing is written down yet', { exact: false })).toBeVisible();

  await key.getByRole('button', { name: 'Rotate…' }).click();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  await expect(dialog.getByText('Give a reason of at least 3 characters.')).toBeVisible();
  await dialog.getByLabel('Reason').fill('The yearly rotation');
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  await expect(dialog.getByText('Switched to the new one')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(key.getByText('Drains', { exact: true })).toBeVisible();
  await expect(key.getByText('The old one drains.', { exact: false })).toBeVisible();
  await expect(key.getByRole('button', { name: 'Continue…' })).toBeDisabled();

  // The confirmation of the sign-in is used up: the next act asks for another.
  const secret = randomBytes(24).toString('base64url');
  await secrets.getByRole('button', { name: 'Rotate…' }).click();
  await expect(dialog.getByRole('button', { name: 'Rotate' })).toBeDisabled();
  await dialog.getByLabel('New secret').fill('short');
  await dialog.getByLabel('Reason').fill('The yearly rotation');
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  await expect(dialog.getByText('This is no secret as the provider shows it.')).toBeVisible();
  await dialog.getByLabel('New secret').fill(secret);
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  await confirm();
  await expect(dialog.getByText('Waits for the first delivery', { exact: false })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(
    secrets.getByText('No delivery signed with the new secret has come yet', { exact: false }),
  ).toBeVisible();
  expect(await page.content()).not.toContain(secret);

  await tellMux(secret);
  await sendClip(`Signed anew ${test.info().testId}`);
  await expect(secrets.getByText('The new one can become active.')).toBeVisible({ timeout: 60_000 });
  await expectNoSidewaysScroll(page);

  await secrets.getByRole('button', { name: 'Continue…' }).click();
  await dialog.getByLabel('Reason').fill('The old one has leaked');
  await dialog.getByLabel('The old secret has leaked', { exact: false }).check();
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await confirm();
  await expect(dialog.getByText('Deleted the old one')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(secrets.getByRole('button', { name: 'Rotate…' })).toBeVisible();
  await expect(secrets.getByText('Deleted', { exact: true })).toBeVisible();

  const entries = await rows<{ actor_subject: string; object_id: string; reason: string }>(
    `select actor_subject, object_id, reason from audit.entries where action = 'key_rotation.asked' order by id`,
  );
  expect(entries.slice(-3)).toEqual([
    { actor_subject: 'user_tomas_reid', object_id: 'mux-signing', reason: 'The yearly rotation' },
    { actor_subject: 'user_tomas_reid', object_id: 'mux-webhook', reason: 'The yearly rotation' },
    { actor_subject: 'user_tomas_reid', object_id: 'mux-webhook', reason: 'The old one has leaked' },
  ]);
  // What was sent under the new key and secret arrives and plays.
  await readyVideo(`After the rotations ${test.info().testId}`);
});

test('an admin is offered the pages of operations, an auditor and a coach are not', async ({ page }) => {
  const offered = page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link');
  await signIn(page, 'priya');
  await expect(offered.filter({ hasText: /^(Webhook events|Jobs|Reconciliation|Keys)$/ })).toHaveCount(4);
  for (const path of ['keys', 'jobs', 'webhook-events', 'reconciliation']) {
    await page.goto(`${stackInfo().urls.app}/admin/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText('Not for your role')).toHaveCount(0);
    await expect(page.getByRole('alert')).toHaveCount(0);
  }
});
