import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { rows } from '../fixtures/database.ts';
import { readyVideo, shareLink } from '../fixtures/made.ts';
import { signIn } from '../fixtures/people.ts';
import { lateTokens, pressPlay, watchedSeconds } from '../fixtures/player.ts';
import { stackInfo } from '../fixtures/stack-info.ts';
import { expect, test } from '../fixtures/test.ts';

type Report = { app: string; release: string; vitals: { name: string; value: number; route: string }[] };

/** What the pages of this window tell of themselves, and the headers they tell it with. */
function reportsOf(page: Page): { body: Report; headers: Record<string, string> }[] {
  const sent: { body: Report; headers: Record<string, string> }[] = [];
  page.on('request', (request) => {
    if (!request.url().endsWith('/api/vitals')) return;
    sent.push({ body: JSON.parse(request.postData() ?? '{}'), headers: request.headers() });
  });
  return sent;
}

/** Somebody goes to another tab. A window without a head has none: the page is told what a browser would tell it. */
const lookAway = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });

const countedOf = (app: string, route: string) =>
  rows<{ release: string; reports: number }>(
    `select release, sum(reports)::integer as reports from app.web_vitals where app = $1 and route = $2 and metric = 'LCP' group by 1`,
    [app, route],
  );

test('how fast a page was is told once, when it is left, and an operator sees it by page and build (OB-14)', async ({
  page,
  newPerson,
}, { outputDir }) => {
  test.setTimeout(120_000);
  const sent = reportsOf(page);
  const isMeasuring = page.waitForResponse(/\/assets\/report-vitals-/);
  await signIn(page, 'priya', '/admin/videos');
  await isMeasuring;
  await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Share links' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Share links' })).toBeVisible();
  expect(sent).toEqual([]);
  await lookAway(page);
  await expect.poll(() => sent.length).toBe(1);
  await lookAway(page);
  const [report] = sent;
  if (report === undefined) throw new Error('nothing was told');
  const { app, release, vitals } = report.body;
  expect(app).toBe('admin');
  // The largest part was painted on the page that was opened; whatever came later belongs to the page of its time.
  expect(vitals.find(({ name }) => name === 'LCP')).toMatchObject({ route: '/videos', value: expect.any(Number) });
  for (const { route } of vitals) expect(['/videos', '/share-links']).toContain(route);
  expect(report.headers).not.toHaveProperty('authorization');
  expect(report.headers).not.toHaveProperty('cookie');

  // The api hands its sums over every half a minute.
  await expect
    .poll(async () => (await countedOf('admin', '/videos')).map((each) => each.release), { timeout: 60_000 })
    .toContain(release);
  expect(sent).toHaveLength(1);
  const tomas = await newPerson();
  await tomas.emulateMedia({ reducedMotion: 'reduce' });
  await signIn(tomas, 'tomas');
  const panel = tomas.getByRole('region', { name: 'How fast the pages are' });
  await expect(panel.getByText(`/videos · ${release}`, { exact: true })).toBeVisible();
  for (const [colorScheme, width] of [
    ['light', 1440],
    ['dark', 390],
  ] as const) {
    await tomas.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await tomas.setViewportSize({ width, height: 900 });
    await expectNoSidewaysScroll(tomas);
    await expectAccessible(tomas);
    await panel.screenshot({ path: join(outputDir, `vitals-${colorScheme}-${width}.png`) });
  }
});

test('the page of a link tells how fast it was only with consent, and nothing of the link (VW-08)', async ({
  page,
  expectRefusal,
}) => {
  test.setTimeout(120_000);
  expectRefusal(lateTokens);
  const videoId = await readyVideo('Starting blocks', 'ben', stackInfo().longClip);
  const link = await shareLink(videoId, 'How fast', 'ben');
  const sent = reportsOf(page);
  await page.goto(link.url);
  await pressPlay(page);
  await watchedSeconds(page, 0.5);
  await page.getByRole('button', { name: 'No, don’t measure' }).click();
  await lookAway(page);

  await page.reload();
  await pressPlay(page);
  await watchedSeconds(page, 0.5);
  expect(sent).toEqual([]);
  await page.getByRole('button', { name: 'Privacy choices' }).click();
  const isMeasuring = page.waitForResponse(/\/assets\/vitals-/);
  await page.getByRole('button', { name: 'Yes, measure' }).click();
  await isMeasuring;
  await lookAway(page);
  await expect.poll(() => sent.length).toBe(1);
  const [report] = sent;
  expect(report?.body).toMatchObject({ app: 'viewer' });
  for (const { route } of report?.body.vitals ?? []) expect(route).toBe('/s/:publicId');
  expect(report?.body.vitals.map(({ name }) => name)).toContain('LCP');
  expect(JSON.stringify(report)).not.toContain(link.publicId);

  // And really left, by going elsewhere: what is sent then outlives the page.
  await page.reload();
  const isMeasuringAgain = page.waitForResponse(/\/assets\/vitals-/);
  await pressPlay(page);
  await watchedSeconds(page, 0.5);
  await isMeasuringAgain;
  await page.goto('about:blank');
  await expect
    .poll(async () => (await countedOf('viewer', '/s/:publicId')).map(({ reports }) => reports), { timeout: 60_000 })
    .toEqual([2]);
});
