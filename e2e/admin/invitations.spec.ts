import { expectAccessible } from '../fixtures/accessibility.ts';
import { choose } from '../fixtures/choosing.ts';
import { rows } from '../fixtures/database.ts';
import { mailedInvitation } from '../fixtures/mail.ts';
import { signedInAnew, signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

const stepUp = 'I am Priya Nair';
const addressOf = (name: string) => `${name}.${test.info().testId}@club.example`.toLowerCase();

test('an admin invites somebody to a role, who follows the link in the mail and is an operator at the first sign-in', async ({
  page,
  stack,
  newPerson,
  expectRefusal,
}) => {
  const email = addressOf('ann');
  expectRefusal({ url: /\/rpc\/invite_person/, status: 422 });
  await signIn(page, 'priya', '/admin/people');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' });

  // Wrong fields are said at the fields, and nothing is sent.
  await dialog.getByLabel('E-mail address').fill('ann');
  await dialog.getByRole('button', { name: 'Send invitation' }).click();
  await expect(dialog.getByText('Give an address such as ann@club.example.')).toBeVisible();
  await expect(dialog.getByText('The role is one of', { exact: false })).toBeVisible();
  await expect(dialog.getByLabel('E-mail address')).toBeFocused();
  await expectAccessible(page);

  await dialog.getByLabel('E-mail address').fill(email);
  await choose(dialog.getByLabel('Role'), 'Operator');
  await expect(dialog.getByText('At their first sign-in they have the role Operator', { exact: false })).toBeVisible();
  await dialog.getByLabel('Note').fill('For the night shift');
  await dialog.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByText(`${email} is invited`)).toBeVisible();
  await expect(dialog).toHaveCount(0);

  const row = page.getByRole('region', { name: 'Invitations' }).getByRole('row', { name: email });
  await expect(row.getByText('Sent', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(row.getByText('For the night shift')).toBeVisible();
  await expectAccessible(page);

  const ann = await newPerson();
  await ann.goto(await mailedInvitation(email));
  await expect(ann.getByText(email)).toBeVisible();
  await ann.getByLabel('Your name').fill('Ann Lee');
  await ann.getByRole('button', { name: 'Accept and sign in' }).click();
  await expect(ann.getByRole('navigation', { name: 'Main navigation' })).toBeVisible();
  await expect(ann.getByRole('link', { name: 'Webhook events' }).first()).toBeVisible();
  await expect(ann.getByRole('link', { name: 'People' })).toHaveCount(0);

  // It is used up: the row is gone from the open ones, and the person is among the people.
  await expect(row).toHaveCount(0, { timeout: 30_000 });
  await page.goto(`${stack.urls.admin}people?q=${encodeURIComponent(email)}`);
  await expect(page.getByRole('row', { name: /Ann Lee.*Operator/ })).toBeVisible();
  expect(
    await rows(
      `select i.state, p.role, p.role_assigned_at is not null as assigned
       from app.invitations i join app.profiles p on p.id = i.accepted_by where i.email = $1`,
      [email],
    ),
  ).toEqual([{ state: 'accepted', role: 'operator', assigned: true }]);
});

test('a revoked invitation lets nobody in, and who has an account is shown instead of invited', async ({
  page,
  newPerson,
  expectRefusal,
}) => {
  const email = addressOf('bob');
  await signedInAnew('priya').rpc('invite_person', { email, role: 'coach' });
  const link = await mailedInvitation(email);
  await signIn(page, 'priya', '/admin/people');
  await page.getByRole('button', { name: `Revoke the invitation of ${email}` }).click();
  const dialog = page.getByRole('dialog', { name: 'Revoke this invitation' });
  await dialog.getByLabel('Reason').fill('The wrong Bob');
  await dialog.getByRole('button', { name: 'Revoke invitation' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('row', { name: email })).toHaveCount(0);
  // The database refuses at once; the issuer hears of it from the worker.
  await expect
    .poll(() => rows('select pending_step from app.invitations where email = $1', [email]), { timeout: 60_000 })
    .toEqual([{ pending_step: null }]);
  const bob = await newPerson();
  expectRefusal({ url: /\/v1\/tickets\/accept/, status: 410 });
  await bob.goto(link);
  await expect(bob.getByRole('heading', { name: 'This invitation cannot be accepted' })).toBeVisible();

  expectRefusal({ url: /\/rpc\/invite_person/, status: 409 });
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  const inviting = page.getByRole('dialog', { name: 'Invite somebody' });
  await inviting.getByLabel('E-mail address').fill('Amelia.Hart@example.com');
  await choose(inviting.getByLabel('Role'), 'Coach');
  await inviting.getByRole('button', { name: 'Send invitation' }).click();
  await expect(inviting.getByText('Somebody with this address has an account here already.')).toBeVisible();
  await inviting.getByRole('link', { name: 'Open their account' }).click();
  await expect(page.getByRole('heading', { name: 'Amelia Hart' })).toBeVisible();
});

test('an invitation is sent again after a confirmation, with a link that replaces the one before', async ({
  page,
  newPerson,
  expectRefusal,
}) => {
  const email = addressOf('eve');
  const priya = signedInAnew('priya');
  await priya.rpc('invite_person', { email, role: 'coach' });
  const before = await mailedInvitation(email);
  await signIn(page, 'priya', '/admin/people');
  const again = page.getByRole('button', { name: `Send again the invitation of ${email}` });
  await again.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByText(`The invitation of ${email} is sent again`)).toBeVisible();
  // That confirmation is used: the next sending asks for another, and nothing is sent when it is not given.
  expectRefusal({ url: /\/rpc\/resend_invitation/, status: 403 });
  await again.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByRole('button', { name: stepUp })).toBeVisible();
  await page.getByRole('dialog').filter({ hasText: stepUp }).getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('You did not confirm that it is you')).toBeVisible();

  const link = await mailedInvitation(email, before);
  expect(await rows('select sendings from app.invitations where email = $1', [email])).toEqual([{ sendings: 2 }]);
  const eve = await newPerson();
  expectRefusal({ url: /\/v1\/tickets\/accept/, status: 410 });
  await eve.goto(before);
  await expect(eve.getByRole('heading', { name: 'This invitation cannot be accepted' })).toBeVisible();
  await eve.goto(link);
  await expect(eve.getByRole('heading', { name: 'Accept the invitation' })).toBeVisible();
});

test('a coach is shown no invitations and no way to invite, and is refused at the door', async ({
  page,
  expectRefusal,
}) => {
  expectRefusal({ url: /\/rest\//, status: 403 });
  await signIn(page, 'ben', '/admin/people');
  await expect(page.getByRole('button', { name: 'Invite', exact: true })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Invitations' })).toHaveCount(0);
  await expect(signedInAnew('ben').rpc('invite_person', { email: addressOf('friend'), role: 'admin' })).rejects.toThrow(
    / 403/,
  );
});
