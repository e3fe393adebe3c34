import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

test('each role’s pages stand under headings that say what they are for; few pages need none', async ({
  page,
  newPerson,
}) => {
  await signIn(page, 'priya');
  const navigation = page.getByRole('navigation', { name: 'Main navigation' });
  await expect(navigation.getByRole('heading')).toHaveText(['Work', 'Safety', 'Operations', 'Account']);
  const named = (name: string) => navigation.getByRole('list', { name }).getByRole('link');
  await expect(named('Work')).toHaveText(['Videos', 'Share links', 'Plays']);
  await expect(named('Safety')).toHaveText(['Revocations', 'Why watched', 'Playback decisions', 'Audit log']);
  await expect(named('Operations').filter({ hasText: /^(Webhook events|Jobs|Keys)$/ })).toHaveCount(3);
  await expect(named('Account')).toHaveText(['People', 'My account']);

  const other = await newPerson();
  await signIn(other, 'helen');
  const few = other.getByRole('navigation', { name: 'Main navigation' });
  await expect(few.getByRole('link')).toHaveText(['Dashboard', 'Audit log', 'Erasures', 'My account']);
  await expect(few.getByRole('heading')).toHaveCount(0);
});

test('in a narrow window the navigation is folded, and opened only for a look', async ({ page }) => {
  await signIn(page, 'priya', '/admin/share-links');
  const fold = page.getByRole('button', { name: 'Collapse the navigation' });
  const open = page.getByRole('button', { name: 'Expand the navigation' });
  await expect(fold).toBeVisible();
  await page.setViewportSize({ width: 1024, height: 800 });
  await expect(open).toBeVisible();
  await open.click();
  await expect(fold).toBeVisible();
  await page.setViewportSize({ width: 1440, height: 800 });
  await page.setViewportSize({ width: 1024, height: 800 });
  await expect(open).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test('on a phone the navigation is a drawer that the keyboard opens, walks and closes', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await signIn(page, 'priya', '/admin/videos');
  await page.setViewportSize({ width: 390, height: 844 });
  const button = page.getByRole('button', { name: 'Menu', exact: true });
  const drawer = page.getByRole('dialog', { name: 'Menu' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(drawer.getByRole('link', { name: 'Videos' })).toBeFocused();
  await expect(drawer.getByRole('heading', { name: 'Safety' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(drawer).toHaveCount(0);
  await expect(button).toBeFocused();

  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(drawer.getByRole('link', { name: 'Share links' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Share links' })).toBeVisible();
  await expect(drawer).toHaveCount(0);
});
