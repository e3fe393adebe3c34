import type { Page } from '@playwright/test';
import { expectKeptLook } from '../fixtures/looks.ts';
import { signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

// From the beginning: whoever changes it meanwhile has the page made anew.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** Of everybody: how many notices are unread depends on what the other tests do. */
const bell = (page: Page) => page.getByRole('button', { name: /^Notices/ });

test.describe('pages look as they are kept', () => {
  test('the page to sign in at', async ({ page, stack }) => {
    await page.goto(stack.urls.admin);
    await expect(page.getByRole('button', { name: 'Continue to sign in' })).toBeVisible();
    await expectKeptLook(page, { name: 'sign-in' });
  });

  test('a list in which nothing matches, and its navigation', async ({ page }) => {
    await signIn(page, 'priya', '/admin/share-links?q=nothing+is+called+like+that');
    await expect(page.getByText('Nothing matches', { exact: false }).first()).toBeVisible();
    await expectKeptLook(page, { name: 'no-match', masks: [bell(page)] });
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
    await expectKeptLook(page, { name: 'no-such-record', masks: [bell(page), page.getByText(/^Request id/)] });
  });

  test('the form of a new share link', async ({ page }) => {
    await signIn(page, 'priya', '/admin/share-links');
    await page.getByRole('button', { name: 'Create share link' }).first().click();
    const part = page.getByRole('dialog', { name: 'Create share link' });
    await expect(part.getByRole('button', { name: 'Create link' })).toBeVisible();
    await expect(part.locator('.anticon-loading')).toHaveCount(0);
    await expectKeptLook(page, { name: 'create', part, masks: [part.getByText(/^The link stops working on/)] });
  });

  test('what one is told about', async ({ page }) => {
    await signIn(page, 'tomas', '/admin/account');
    const part = page.getByRole('region', { name: 'Notifications' });
    await expect(part.getByRole('switch').first()).toBeVisible();
    await expectKeptLook(page, { name: 'notifications', part });
  });
});

test.describe('the viewer’s pages look as they are kept', () => {
  test('a link that does not work', async ({ page, stack, expectRefusal }) => {
    expectRefusal({ url: /\/api\/share\//, status: 403 });
    await page.goto(`${stack.urls.app}/s/AAAAAAAAAAAA#nothing-that-was-ever-given-out`);
    await expect(page.getByRole('heading', { name: 'This link doesn’t work any more' })).toBeVisible();
    await expectKeptLook(page, { name: 'link-dead' });
  });

  test('a link without its secret', async ({ page, stack }) => {
    await page.goto(`${stack.urls.app}/s/AAAAAAAAAAAA`);
    await expect(page.getByRole('heading', { name: 'Part of this link is missing' })).toBeVisible();
    await expectKeptLook(page, { name: 'link-torn' });
  });
});
