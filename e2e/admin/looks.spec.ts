import type { Page } from '@playwright/test';
import { expectKeptLook } from '../fixtures/looks.ts';
import { signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

/** Of everybody: how many notices are unread depends on what the other tests do. */
const bell = (page: Page) => page.getByRole('button', { name: /^Notices/ });

test.describe('pages look as they are kept', () => {
  test('the page to sign in at', async ({ page, stack }) => {
    await page.goto(stack.urls.admin);
    await expect(page.getByRole('button', { name: 'Continue to sign in' })).toBeVisible();
    await expectKeptLook(page, { name: 'sign-in' });
  });

  test('a list in which nothing matches, and its navigation', async ({ page }) => {
    await signIn(page, 'helen', '/admin/audit-log?object=00000000-0000-7000-8000-000000000000');
    await expect(page.getByText('Nothing matches', { exact: false }).first()).toBeVisible();
    await expectKeptLook(page, { name: 'no-match', masks: [bell(page)] });
  });

  test('a page of another role', async ({ page }) => {
    await signIn(page, 'helen', '/admin/videos');
    await expect(page.getByText('Not for your role')).toBeVisible();
    await expectKeptLook(page, { name: 'not-for-your-role', masks: [bell(page)] });
  });

  test('an address that leads nowhere', async ({ page }) => {
    await signIn(page, 'priya', '/admin/nowhere');
    await expect(page.getByText('This page does not exist')).toBeVisible();
    await expectKeptLook(page, { name: 'no-such-page', masks: [bell(page)] });
  });

  test('the sheet of keys', async ({ page }) => {
    await signIn(page, 'priya', '/admin/nowhere');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('?');
    const part = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(part).toBeVisible();
    await expectKeptLook(page, { name: 'keys', part });
  });

  test('a record that is not there', async ({ page, expectRefusal }) => {
    expectRefusal({ url: /\/rest\/share_tokens/, status: 406 });
    await signIn(page, 'priya', '/admin/share-links/00000000-0000-7000-8000-000000000000');
    await expect(page.getByRole('link', { name: /Back to/ })).toBeVisible();
    await expectKeptLook(page, { name: 'no-such-record', masks: [bell(page)] });
  });
});

test('the viewer’s page of a link that does not work looks as it is kept', async ({ page, stack, expectRefusal }) => {
  expectRefusal({ url: /\/api\/share\//, status: 403 });
  await page.goto(`${stack.urls.app}/s/AAAAAAAAAAAA#nothing-that-was-ever-given-out`);
  await expect(page.getByRole('heading', { name: 'This link doesn’t work any more' })).toBeVisible();
  await expectKeptLook(page, { name: 'link-dead' });
});
