import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { rows } from '../fixtures/database.ts';
import { readyVideo, shareLink } from '../fixtures/made.ts';
import { signedInAnew, signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

const title = 'Hurdle rhythm drill';
let videoId = '';
test.beforeAll(async () => {
  videoId = await readyVideo(title, 'ben');
});

const palette = (page: Page) => page.getByRole('dialog', { name: 'Find or do' });

test.describe('find or do', () => {
  test('the keyboard alone leads from anywhere to a record, a page or an action', async ({ page }) => {
    await signIn(page, 'ben', '/admin/share-links');
    await page.keyboard.press('Control+k');
    const field = palette(page).getByRole('combobox');
    await expect(field).toBeFocused();
    await field.fill('hurdle rhy');
    await expect(palette(page).getByRole('option', { name: title })).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/videos/${videoId}$`));
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();

    await page.keyboard.press('Control+k');
    await field.fill('rev');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Revocations' })).toBeVisible();

    await page.keyboard.press('Control+k');
    await field.fill('dark');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });

  test('a coach finds nothing of another coach, and no page that is not theirs', async ({ page }) => {
    await signIn(page, 'amelia');
    await page.keyboard.press('Control+k');
    await palette(page).getByRole('combobox').fill('hurdle rhy');
    await expect(palette(page).getByText('Nothing matches.')).toBeVisible();
    await palette(page).getByRole('combobox').fill('webhook');
    await expect(palette(page).getByText('Nothing matches.')).toBeVisible();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`what opens from the header is accessible and fits, in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await signIn(page, 'ben');
      for (const width of [1440, 1024, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await page.keyboard.press('Control+k');
        await expect(palette(page).getByRole('option').first()).toBeVisible();
        await expectAccessible(page);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: /^Notices/ }).click();
        await expect(page.getByRole('region', { name: 'Notices' }).getByRole('heading').first()).toBeVisible();
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: /^Account/ }).click();
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
        await page.getByRole('menuitem', { name: 'Preferences' }).click();
        await expect(page.getByLabel('Time zone')).toBeVisible();
        await expectAccessible(page);
        await page.keyboard.press('Escape');
      }
    });
  }
});

test('keys lead to pages and to the search field, are listed, and can be switched off', async ({ page }) => {
  await signIn(page, 'ben');
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(page.getByRole('heading', { level: 1, name: 'Share links' })).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('?g');
  await expect(page.getByRole('searchbox'), 'who writes a question mark means one').toHaveValue('?g');
  await page.getByRole('heading', { level: 1 }).click();

  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByRole('checkbox', { name: /Keys that act alone/ }).uncheck();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.keyboard.press('?');
  await page.keyboard.press('Control+k');
  await expect(palette(page)).toBeVisible();
  await expect(sheet).toBeHidden();
});

test('preferences hold at once, and at every device of the person', async ({ page, newPerson }) => {
  await signIn(page, 'grace', '/admin/account');
  const preferences = async () => {
    await page.getByRole('button', { name: /^Account|^Konto/ }).click();
    await page.getByRole('menuitem', { name: /Preferences|Vorlieben/ }).click();
  };
  await preferences();
  const kept = page.waitForResponse(/rpc\/set_preferences/);
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
  await kept;
  await page.keyboard.press('Escape');
  await expect(page.getByRole('definition').filter({ hasText: 'Asia/Tokyo' })).toBeVisible();

  const elsewhere = await newPerson();
  await signIn(elsewhere, 'grace', '/admin/account');
  await expect(elsewhere.getByRole('definition').filter({ hasText: 'Asia/Tokyo' })).toBeVisible();

  await preferences();
  await page.getByLabel('Language').selectOption('Deutsch');
  await expect(page.getByRole('heading', { level: 1, name: 'Mein Konto' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await elsewhere.reload();
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Mein Konto' })).toBeVisible();

  await preferences();
  await page.getByLabel('Sprache').selectOption('English (Australia)');
  await expect(page.getByRole('heading', { level: 1, name: 'My account' })).toBeVisible();
  expect(await rows(`select time_zone, language from app.preferences`)).toContainEqual({
    time_zone: 'Asia/Tokyo',
    language: 'en-AU',
  });
  // As her device has it: other tests read her times.
  await rows('delete from app.preferences');
});

test('a view is saved with its filters, order and columns, found again, and deleted', async ({ page }) => {
  const name = `Ready ones ${test.info().testId}`;
  await signIn(page, 'ben', '/admin/videos?status=ready&sort=title');
  await page.getByRole('button', { name: 'Columns' }).click();
  // The box follows the address, which follows the click.
  await page.getByRole('checkbox', { name: 'Length' }).click();
  await expect(page.getByRole('checkbox', { name: 'Length' })).not.toBeChecked();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Length' })).toHaveCount(0);
  await expect(page).toHaveURL(/hide=duration_seconds/);

  await page.getByRole('button', { name: 'Saved views' }).click();
  const views = page.getByRole('region', { name: 'Saved views' });
  await views.getByLabel('Name of what is shown now').fill(name);
  await views.getByRole('button', { name: 'Save' }).click();
  await expect(views.getByRole('link', { name })).toHaveAttribute('aria-current', 'page');
  await expectAccessible(page);

  await page.goto(page.url().split('?')[0] ?? '');
  await expect(page.getByRole('columnheader', { name: 'Length' })).toBeVisible();
  await page.getByRole('button', { name: 'Saved views' }).click();
  await views.getByRole('link', { name }).click();
  await expect(page).toHaveURL(/status=ready&sort=title&hide=duration_seconds$/);
  await expect(page.getByRole('columnheader', { name: 'Length' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Saved views' }).click();
  await views.getByRole('button', { name: `Delete the view ${name}` }).click();
  await expect(views.getByRole('link', { name })).toHaveCount(0);
});

test('a coach is told that an admin revoked their link, and the notice leads to it', async ({ page }) => {
  const link = await shareLink(videoId, `Told ${test.info().testId}`, 'ben');
  await signedInAnew('priya').rpc('revoke_share_token', { id: link.id, reason: 'Wrong person' });
  await signIn(page, 'ben');
  await page.getByRole('button', { name: /^Notices, \d+.* unread/ }).click();
  const notices = page.getByRole('region', { name: 'Notices' });
  await notices
    .getByRole('link', { name: `A share link of ${title} was revoked` })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1, name: /^Told/ })).toBeVisible();
  await expect(notices).toHaveCount(0);
});

test.describe('after a release', () => {
  const code = /\/admin\/assets\/list-[\w-]+\.js$/;

  test('a page whose code is gone reloads once by itself', async ({ page, expectRefusal }) => {
    await signIn(page, 'ben', '/admin/account');
    expectRefusal({ url: code, status: 404 });
    let missed = 0;
    // Gone for this page, there for the one that is loaded anew.
    await page.route(code, async (route) => {
      if (missed > 0) return route.fallback();
      missed += 1;
      await route.fulfill({ status: 404, body: '' });
    });
    const reloaded = page.waitForEvent('load');
    await page.getByRole('link', { name: 'Revocations' }).click();
    await reloaded;
    await expect(page.getByRole('heading', { level: 1, name: 'Revocations' })).toBeVisible();
    expect(missed).toBe(1);
  });

  test('a dialog whose code is gone leaves what is written on the page alone', async ({ page, expectRefusal }) => {
    await signIn(page, 'ben', `/admin/videos/${videoId}`);
    await page.getByRole('button', { name: 'Edit title and description' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Half-written');
    const dialog = /\/admin\/assets\/create-[\w-]+\.js$/;
    expectRefusal({ url: dialog, status: 404 });
    await page.route(dialog, (route) => route.fulfill({ status: 404, body: '' }));
    // The server has gone on to another release.
    await page.route(/\/admin\/$/, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({
        response: answer,
        body: (await answer.text()).replace(/index-[\w-]+\.js/, 'index-later.js'),
      });
    });
    await page.getByRole('button', { name: 'Create share link' }).click();
    await expect(page.getByText('A new version has been released. What you have written stays')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Half-written');
  });

  test('without a network, a page that was never loaded says so and comes when there is one', async ({
    page,
    context,
    expectRefusal,
  }) => {
    await signIn(page, 'ben', '/admin/account');
    expectRefusal({ url: /./, status: 'ERR_INTERNET_DISCONNECTED' });
    await context.setOffline(true);
    await page.getByRole('link', { name: 'Revocations' }).click();
    await expect(page.getByRole('heading', { name: 'This page has not been loaded yet' })).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByRole('heading', { level: 1, name: 'Revocations' })).toBeVisible();
  });
});
