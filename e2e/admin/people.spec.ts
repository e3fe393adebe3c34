import { rewrite, rows } from '../fixtures/database.ts';
import { signedInAnew, signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

const stepUp = 'I am Priya Nair';

test('an admin suspends somebody after a look at what that reaches, and lifts it again; each ends in a receipt', async ({
  page,
  stack,
  expectRefusal,
}) => {
  // Somebody of whom no other test knows.
  const subject = `user_${test.info().testId}`;
  await rewrite(`insert into app.profiles (subject, role, display_name) values ($1, 'coach', $2)`, [
    subject,
    `Robin ${subject}`,
  ]);
  await signIn(page, 'priya', `/admin/people?q=${subject}`);
  await page.getByRole('link', { name: `Robin ${subject}` }).click();

  await page.getByRole('button', { name: 'Suspend' }).click();
  const dialog = page.getByRole('dialog', { name: /Suspend Robin/ });
  await expect(dialog.getByText('Nothing hangs on this account')).toBeVisible();
  await dialog.getByRole('button', { name: 'Suspend' }).click();
  await expect(dialog.getByText(/reason/i).first()).toBeVisible();
  await dialog.getByLabel('Reason').fill('Left the club');
  await dialog.getByRole('button', { name: 'Suspend' }).click();
  // A fresh sign-in is a confirmation, which serves this act.
  const done = page.getByRole('dialog', { name: 'The account is suspended' });
  await expect(done.getByText('Left the club')).toBeVisible();
  await done.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByText('Suspended', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Role and suspension' }).getByText('Left the club')).toBeVisible();

  expectRefusal({ url: /\/rpc\/restore_profile/, status: 403 });
  await page.getByRole('button', { name: 'Lift suspension' }).click();
  const lifting = page.getByRole('dialog', { name: /Lift the suspension/ });
  await lifting.getByLabel('Reason').fill('Came back');
  await lifting.getByRole('button', { name: 'Lift suspension' }).click();
  // That one has been used: this act asks for another.
  await expect(page.getByRole('button', { name: stepUp })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).last().click();
  await expect(lifting.getByText('You did not confirm that it is you')).toBeVisible();
  const acts = await rows<{ action: string; reason: string }>(
    `select e.action, e.reason from audit.entries e join app.profiles p on p.id::text = e.object_id
     where p.subject = $1 and e.reason is not null order by e.id`,
    [subject],
  );
  expect(acts).toEqual([{ action: 'profile.suspended', reason: 'Left the club' }]);
  await page.goto(`${stack.urls.admin}people?status=suspended`);
  await expect(page.getByRole('link', { name: `Robin ${subject}` })).toBeVisible();
});

test('an admin ends all sessions of somebody at once', async ({ page }) => {
  const subject = `user_${test.info().testId}`;
  await rewrite(
    `with made as (
       insert into app.profiles (subject, role, display_name) values ($1, 'coach', $2) returning id)
     insert into authz.sessions (id, profile_id) select 'sess_' || $1 || n, made.id from made, generate_series(1, 2) n`,
    [subject, `Kim ${subject}`],
  );
  await signIn(page, 'priya', `/admin/people?q=${subject}`);
  await page.getByRole('link', { name: `Kim ${subject}` }).click();
  await page.getByRole('button', { name: 'End all sessions' }).click();
  const dialog = page.getByRole('dialog', { name: /^End all sessions of Kim/ });
  await expect(dialog.getByText(/^2 sessions end at once/)).toBeVisible();
  await dialog.getByLabel('Reason').fill('Lost telephone');
  await dialog.getByRole('button', { name: 'End sessions' }).click();
  await expect(page.getByRole('dialog', { name: '2 sessions have ended' }).getByText('Lost telephone')).toBeVisible();
  const open = await rows(
    `select s.id from authz.sessions s join app.profiles p on p.id = s.profile_id where p.subject = $1 and s.denied_at is null`,
    [subject],
  );
  expect(open).toEqual([]);
});

test('everybody sees their own sessions, ends another one, and chooses what they are told', async ({ page }) => {
  // Somewhere else, too; and only that one is ended, since other tests are signed in as well.
  const elsewhere = signedInAnew('helen');
  await elsewhere.rpc('sign_in');
  const { sid } = JSON.parse(Buffer.from((await elsewhere.token()).split('.')[1] ?? '', 'base64url').toString()) as {
    sid: string;
  };
  await signIn(page, 'helen', '/admin/account');
  const sessions = page.getByRole('region', { name: 'Sessions' });
  await expect(sessions.getByText('This session')).toBeVisible();
  await sessions.getByRole('button', { name: `End ${sid.slice(0, 8)}…${sid.slice(-4)}` }).click();
  const dialog = page.getByRole('dialog', { name: 'End this session' });
  await dialog.getByLabel('Reason').fill('Lost telephone');
  await dialog.getByRole('button', { name: 'End session' }).click();
  const done = page.getByRole('dialog', { name: '1 session has ended' });
  await done.getByRole('button', { name: 'Close' }).last().click();
  await expect(sessions.getByRole('row', { name: /Lost telephone/ }).first()).toBeVisible();
  await expect(elsewhere.rpc('sign_in')).rejects.toThrow(/ 401/);

  const choice = page.getByRole('switch', { name: 'A vendor review is due: by e-mail' });
  await expect(choice).toBeChecked();
  await choice.click();
  await expect(page.getByText('A vendor review is due: by e-mail is off now')).toBeVisible();
  await page.reload();
  await expect(choice).not.toBeChecked();
  // What is about duties and rights has no switch.
  await expect(page.getByRole('row', { name: /^An erasure is near its deadline/ }).getByText('Required')).toHaveCount(
    2,
  );
});

test('an operator sees whom a flag reaches before it is changed', async ({ page }) => {
  await signIn(page, 'tomas', '/admin/flags');
  await page.getByRole('button', { name: 'Change MUX_WEBHOOK_DLQ_ENABLED' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change MUX_WEBHOOK_DLQ_ENABLED' });
  await expect(dialog.getByRole('button', { name: 'Change the flag' })).toBeDisabled();
  await dialog.getByLabel('For how many in a hundred').fill('0');
  const preview = dialog.getByRole('region', { name: 'Who sees what' });
  await expect(preview).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Change the flag' })).toBeEnabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
});
