import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { rows } from '../fixtures/database.ts';
import { type MadeLink, readyVideo, shareLink } from '../fixtures/made.ts';
import { signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';
import { watchLink } from '../fixtures/viewers.ts';

const title = 'Watched and counted';
let videoId: string;
/** Of the video, in seconds. */
let length: number;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  videoId = await readyVideo(title);
  const [video] = await rows<{ length: number }>(
    'select duration_seconds::float as length from app.videos where id = $1',
    [videoId],
  );
  length = video?.length ?? 0;
});

/** Half, a whole, somebody who is not measured, and somebody who never got a picture. */
async function watchedLink(): Promise<MadeLink> {
  const link = await shareLink(videoId, `Team ${test.info().testId}`);
  await watchLink(link, [
    { kind: 'play' },
    { kind: 'heartbeat', watched: [[0, length / 2]], rebufferSeconds: length / 2 },
  ]);
  // The same scene twice, and the end before the beginning.
  await watchLink(link, [
    { kind: 'heartbeat', watched: [[length / 2, length]] },
    { kind: 'heartbeat', watched: [[0, length]] },
    { kind: 'ended' },
  ]);
  await watchLink(link, [{ kind: 'heartbeat', watched: [[0, length]] }], false);
  await watchLink(link, [{ kind: 'error', errorCode: 'hls.manifest' }]);
  return link;
}

const figure = (page: Page, name: string) =>
  page
    .getByRole('region', { name: 'What was watched' })
    .locator('dl > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('dd');

test('a coach sees what was watched by a link: plays, how far people watch, each viewer; and saves it as a file', async ({
  page,
  stack,
}) => {
  const link = await watchedLink();
  await signIn(page, 'amelia', `/admin/share-links/${link.id}`);

  const section = page.getByRole('region', { name: 'What was watched' });
  await expect(figure(page, 'Plays')).toHaveText('3');
  await expect(figure(page, 'Average watched')).toHaveText('75%');
  await expect(figure(page, 'Waiting to load')).toHaveText('20%');
  await expect(figure(page, 'With errors')).toHaveText('1');
  await expect(section).toContainText('2 of 3 plays measured');
  const curve = section.getByRole('img', { name: /100% were watching at the beginning.*50% half way.*50% at the end/ });
  await curve.hover({ position: { x: 20, y: 40 } });
  await expect(section.getByText(/^At 0:0\d: 100%$/)).toBeVisible();
  await section.getByText('As a table').click();
  await expect(section.getByRole('row')).toHaveCount(1 + Math.min(10, Math.floor(length)));

  const viewers = page.getByRole('region', { name: 'Viewers' });
  for (const words of ['50%', /100%.*To the end/, 'Not measured', 'Did not start']) {
    await expect(viewers.getByRole('row').filter({ hasText: words })).toHaveCount(1);
  }
  await viewers
    .getByRole('row')
    .filter({ hasText: 'Did not start' })
    .getByRole('button', { name: /^Show details/ })
    .click();
  await expect(viewers.getByText('hls.manifest')).toBeVisible();
  await expectAccessible(page);

  // Chromium's own picker cannot be driven: without it the browser keeps the file as a download.
  await page.evaluate(() => Object.assign(globalThis, { showSaveFilePicker: undefined }));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    viewers.getByRole('button', { name: 'Export as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^plays-\d{8}T\d{6}Z\.csv$/);
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(5);
  await expect(viewers.getByRole('status').filter({ hasText: 'Saved as plays-' })).toBeVisible();
  await expect
    .poll(() =>
      rows(`select action from audit.entries where object_id = $1 and action = 'share_token.plays_exported'`, [
        link.id,
      ]),
    )
    .toHaveLength(1);

  await page.goto(`${stack.urls.app}/admin/videos/${videoId}`);
  await expect(figure(page, 'Plays')).toHaveText('3');
  await expect(page.getByRole('region', { name: 'Viewers' }).getByRole('link', { name: /^Team / })).toHaveCount(4);
});

test('the page of all plays shows them by day and viewer by viewer, on a phone and in the dark too', async ({
  page,
}) => {
  await watchedLink();
  await page.emulateMedia({ colorScheme: 'dark' });
  await signIn(page, 'amelia', '/admin/videos');
  await page.getByRole('link', { name: 'See all plays' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Plays' })).toBeVisible();
  const days = page.getByRole('region', { name: 'Last 28 days' });
  await expect(days.getByRole('img', { name: /\d+ plays in 28 days/ })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole('link', { name: title }).first()).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});

test('of a link that nobody has opened the page says so, and what happens next', async ({ page }) => {
  const link = await shareLink(videoId, 'Unwatched');
  await signIn(page, 'amelia', `/admin/share-links/${link.id}`);
  const section = page.getByRole('region', { name: 'What was watched' });
  await expect(section.getByText('Nobody has watched yet')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Export as CSV' })).toHaveCount(0);
  await expectAccessible(page);
});

test('when the figures cannot be read the page says why, and another try brings them', async ({
  page,
  expectRefusal,
}) => {
  const link = await watchedLink();
  expectRefusal({ url: /\/rest\/share_token_plays/, status: 500 });
  await page.route('**/rest/share_token_plays*', (route) =>
    route.fulfill({ status: 500, contentType: 'application/json', body: '{}' }),
  );
  await signIn(page, 'amelia', `/admin/share-links/${link.id}`);
  const section = page.getByRole('region', { name: 'What was watched' });
  await expect(section.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await page.unroute('**/rest/share_token_plays*');
  await section.getByRole('button', { name: 'Try again' }).click();
  await expect(figure(page, 'Plays')).toHaveText('3');
});
