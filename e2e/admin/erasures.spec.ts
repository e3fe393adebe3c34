import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expectFitEverywhere } from '../fixtures/accessibility.ts';
import { rewrite, rows } from '../fixtures/database.ts';
import { signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

test('compliance staff take a request to erase from who asks, over a hold and the approval, to a receipt that proves itself', async ({
  page,
  expectRefusal,
}) => {
  test.setTimeout(240_000);
  const subject = `user_${test.info().testId}`;
  const email = `${subject}@club.example`;
  await rewrite(
    `insert into app.profiles (subject, role, email, display_name) values ($1, 'coach', $2, 'Robin Vale')`,
    [subject, email],
  );
  await signIn(page, 'helen', '/admin/erasures');

  // Somebody who wrote a letter. An address of nobody is said at its field.
  expectRefusal({ url: /\/rpc\/request_erasure_for/, status: 404 });
  await page.getByRole('button', { name: 'Open a request' }).click();
  const opening = page.getByRole('dialog', { name: 'Open a request for somebody' });
  await opening.getByLabel('Address of the account').fill('nobody@club.example');
  await opening.getByLabel('Reason').fill('By letter of 3 November');
  await opening.getByRole('button', { name: 'Open the request' }).click();
  await expect(opening.getByText('There is not exactly one account with this address.')).toBeVisible();
  await opening.getByLabel('Address of the account').fill(email.toUpperCase());
  await opening.getByRole('button', { name: 'Open the request' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Request / })).toBeVisible();
  await expect(page.getByText('To be decided', { exact: true }).first()).toBeVisible();

  // Whom it is about is shown on demand, and that is on record.
  await expect(page.getByText('Robin Vale')).toHaveCount(0);
  await page.getByRole('button', { name: 'Show the person' }).click();
  await expect(page.getByText('Robin Vale')).toBeVisible();
  const looks = await rows(
    `select e.actor_subject from audit.entries e join app.profiles p on p.id = e.owner_id
     where e.action = 'erasure_request.disclosed' and p.subject = $1`,
    [subject],
  );
  expect(looks).toEqual([{ actor_subject: 'user_helen_castellano' }]);
  await expectFitEverywhere(page);

  // While a hold stands, nothing is approved.
  await page.getByRole('button', { name: 'Place a hold' }).click();
  const placing = page.getByRole('dialog', { name: 'Place a legal hold' });
  await placing.getByLabel('Reason').fill('Case 12 of the court');
  await placing.getByRole('button', { name: 'Place the hold' }).click();
  const holds = page.getByRole('region', { name: 'Legal holds' });
  await expect(holds.getByText('Stands', { exact: true })).toBeVisible();
  expectRefusal({ url: /\/rpc\/approve_erasure/, status: 409 });
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  const approving = page.getByRole('dialog', { name: 'Approve the erasure' });
  await approving.getByLabel('Reason').fill('The letter is theirs');
  await approving.getByRole('button', { name: 'Approve and erase' }).click();
  await expect(approving.getByText('The data of this person are under a legal hold.')).toBeVisible();
  await approving.getByRole('button', { name: 'Cancel' }).click();
  await holds.getByRole('button', { name: 'Lift' }).click();
  const lifting = page.getByRole('dialog', { name: 'Lift the legal hold' });
  await lifting.getByLabel('Reason').fill('Case closed');
  await lifting.getByRole('button', { name: 'Lift the hold' }).click();
  await expect(holds.getByText('Case closed')).toBeVisible();

  // The refused attempt left the confirmation of the sign-in unused: it serves this act.
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await approving.getByLabel('Reason').fill('The letter is theirs');
  await approving.getByRole('button', { name: 'Approve and erase' }).click();
  const approved = page.getByRole('dialog', { name: 'The erasure is approved' });
  await approved.getByRole('button', { name: 'Close' }).last().click();

  // The worker begins by itself; what is to be done by hand waits.
  const plan = page.getByRole('region', { name: 'Plan' });
  await expect(plan.getByText('Done', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  const byHand = page.getByRole('region', { name: 'To be done by hand' });
  for (const reference of ['clerk-1', 'resend-1']) {
    await byHand
      .getByRole('button', { name: /^Say it is done/ })
      .first()
      .click();
    const telling = page.getByRole('dialog', { name: 'A step done by hand' });
    await telling.getByLabel('What was done').fill('Deleted in the dashboard');
    await telling.getByLabel('Reference of the vendor').fill(reference);
    await telling.getByRole('button', { name: 'It is done' }).click();
    await expect(telling).toHaveCount(0);
    await expect(plan.getByText(reference, { exact: false })).toBeVisible();
  }
  await expect(byHand).toHaveCount(0);
  const receipt = page.getByRole('region', { name: 'Receipt' });
  await expect(receipt.getByRole('button', { name: 'Save the receipt' })).toBeVisible({ timeout: 120_000 });
  const saving = page.waitForEvent('download');
  await receipt.getByRole('button', { name: 'Save the receipt' }).click();
  const file = await readFile(await (await saving).path());
  await expect(receipt).toContainText(createHash('sha256').update(file).digest('hex'));
  expect(file.toString()).not.toContain('Robin');
  await expectFitEverywhere(page);
  expect(
    await rows(
      'select p.email from app.profiles p join app.erasure_requests r on r.profile_id = p.id where r.state = $1 and p.subject = $2',
      ['completed', subject],
    ),
  ).toEqual([]);
  expect(await rows('select id from app.profiles where display_name = $1', ['Robin Vale'])).toEqual([]);
  await expect(page.getByText('is not shown any more', { exact: false })).toBeVisible();
});

test('compliance staff decline a request, with a reason that stays with it', async ({ page }) => {
  const subject = `user_${test.info().testId}`;
  await rewrite(
    `with made as (
       insert into app.profiles (subject, role, display_name) values ($1, 'coach', 'Kim Vale') returning id)
     insert into app.erasure_requests (profile_id, reason, requested_by, due_at)
     select id, $2, id, now() + interval '24 hours' from made`,
    [subject, `I am leaving ${subject}`],
  );
  await signIn(page, 'helen', '/admin/erasures?state=requested');
  await page
    .getByRole('row', { name: new RegExp(subject) })
    .getByRole('link')
    .click();
  await page.getByRole('button', { name: 'Decline' }).click();
  const dialog = page.getByRole('dialog', { name: 'Decline the request' });
  await dialog.getByLabel('Reason').fill('It was not them who asked');
  await dialog.getByRole('button', { name: 'Decline' }).click();
  await page
    .getByRole('dialog', { name: 'The request is declined' })
    .getByRole('button', { name: 'Close' })
    .last()
    .click();
  await expect(page.getByText('Declined', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('It was not them who asked').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toHaveCount(0);
});
