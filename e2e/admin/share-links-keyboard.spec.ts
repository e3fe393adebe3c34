import type { Locator, Page } from '@playwright/test';
import { readyVideo } from '../fixtures/made.ts';
import { signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

/** More than any page has places for the keyboard. */
const mostPlaces = 120;

/** Goes on with Tab until the keyboard is there, as somebody does who has no mouse. Fails where it cannot be reached. */
async function tabTo(page: Page, place: Locator): Promise<void> {
  await expect(place).toBeVisible();
  for (let places = 0; places < mostPlaces; places += 1) {
    if (await place.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not come to ${place}.`);
}

async function pressAt(page: Page, place: Locator): Promise<void> {
  await tabTo(page, place);
  await page.keyboard.press('Enter');
}

test('a link is made, found, edited and revoked by the keyboard alone', async ({ page }) => {
  const title = `Keys ${test.info().testId}`;
  const label = `By keyboard ${test.info().testId}`;
  const videoId = await readyVideo(title, 'ben');
  await signIn(page, 'ben', `/admin/videos/${videoId}`);

  await test.step('made', async () => {
    await pressAt(page, page.getByRole('button', { name: 'Create share link' }).first());
    const dialog = page.getByRole('dialog', { name: 'Create share link' });
    await tabTo(page, dialog.getByLabel('Label (optional)'));
    await page.keyboard.type(label);
    await pressAt(page, dialog.getByRole('button', { name: 'Create link' }));
    await expect(page.getByRole('textbox', { name: 'Share link' })).toHaveValue(/\/s\/\w+#/);
    await pressAt(page, page.getByRole('button', { name: 'Copy link' }));
    await pressAt(page, page.getByRole('button', { name: 'Done' }));
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('found in the list', async () => {
    await pressAt(
      page,
      page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Share links' }),
    );
    await tabTo(page, page.getByRole('searchbox'));
    await page.keyboard.type(label);
    await expect(page.getByRole('row', { name: label })).toBeVisible();
    await expect(page.locator('tbody tr')).toHaveCount(1);
    await pressAt(page, page.getByRole('link', { name: label }));
    await expect(page.getByRole('heading', { name: label, level: 1 })).toBeVisible();
  });

  await test.step('edited', async () => {
    await pressAt(page, page.getByRole('button', { name: 'Edit', exact: true }));
    const dialog = page.getByRole('dialog');
    await tabTo(page, dialog.getByLabel('Label (optional)'));
    await page.keyboard.press('End');
    await page.keyboard.type(', again');
    await pressAt(page, dialog.getByRole('button', { name: 'Save' }));
    await expect(page.getByRole('heading', { name: `${label}, again`, level: 1 })).toBeVisible();
  });

  await test.step('revoked', async () => {
    await pressAt(page, page.getByRole('button', { name: 'Revoke', exact: true }));
    const dialog = page.getByRole('dialog');
    await tabTo(page, dialog.getByLabel('Reason'));
    await page.keyboard.type('Left the club');
    await pressAt(page, dialog.getByRole('button', { name: 'Revoke link' }));
    const receipt = page.getByRole('dialog', { name: 'The link is revoked' });
    await pressAt(page, receipt.getByRole('button', { name: 'Close' }).last());
    await expect(page.getByText('Revoked', { exact: true }).first()).toBeVisible();
  });
});
