import type { PersonaKey } from '@mm/local';
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { rewrite } from '../fixtures/database.ts';
import { readyVideo, shareLink } from '../fixtures/made.ts';
import { signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

const begins: [PersonaKey, string][] = [
  ['amelia', 'Videos ready'],
  ['priya', 'Revoked in a day'],
  ['tomas', 'Webhook events folded'],
  ['grace', 'Last signed checkpoint'],
  ['helen', 'Legal holds that stand'],
];

for (const [persona, figure] of begins) {
  test(`${persona} begins at a dashboard of their role, which is accessible and fits`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await signIn(page, persona);
    await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await expect(page.getByRole('heading', { name: figure })).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    }
  });
}

test('a figure leads to the list that it counts', async ({ page }) => {
  await signIn(page, 'amelia');
  await page.getByRole('link', { name: 'Live links' }).click();
  await expect(page).toHaveURL(/share-links\?status=active/);
});

test('the story of a video tells of its upload, its links and who revoked one, and why', async ({ page, stack }) => {
  const videoId = await readyVideo(`A story ${test.info().testId}`);
  const link = await shareLink(videoId, 'For the story');
  await signIn(page, 'amelia', `/admin/share-links/${link.id}`);
  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('It went to the wrong club');
  await dialog.getByRole('button', { name: /^Revoke/ }).click();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.goto(`${stack.urls.admin}videos/${videoId}`);
  const story = page.getByRole('region', { name: 'The story of this video' });
  await expect(story.getByText('It went to the wrong club')).toBeVisible();
  for (const told of ['Upload requested', 'Asset ready', 'Created a share link', 'Revoked a share link']) {
    await expect(story.getByText(told).first()).toBeVisible();
  }
  await expect(story.getByText('This is where it began.')).toBeVisible();
  await story.getByRole('link', { name: 'Revoked a share link' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Revoked a share link' })).toBeVisible();
});

test('an admin sees which video the canary measures on, in the list of videos and of links; its coach does not', async ({
  page,
  newPerson,
}) => {
  const videoId = await readyVideo('Probe of the canary');
  const label = `Canary ${test.info().testId}`;
  await shareLink(videoId, label);
  await rewrite(
    `insert into app.canary_runs (kind, video_id, share_token_id, outcome, ended_at) values ('revoke', $1, uuidv7(), 'in_time', now())`,
    [videoId],
  );
  await signIn(page, 'priya', '/admin/videos?q=Probe+of+the+canary');
  await expect(page.getByRole('row', { name: /Probe of the canary.*For measuring only/ })).toBeVisible();
  await page.getByRole('link', { name: 'Share links' }).first().click();
  await expect(page.getByRole('row', { name: new RegExp(`${label}.*For measuring only`) })).toBeVisible();
  const coach = await newPerson();
  await signIn(coach, 'amelia', '/admin/videos?q=Probe+of+the+canary');
  await expect(coach.getByRole('link', { name: 'Probe of the canary' })).toBeVisible();
  await expect(coach.getByText('For measuring only')).toHaveCount(0);
});
