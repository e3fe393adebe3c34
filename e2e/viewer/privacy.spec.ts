import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { rows } from '../fixtures/database.ts';
import { readyVideo, shareLink } from '../fixtures/made.ts';
import { lateTokens, pressPlay, watchedSeconds } from '../fixtures/player.ts';
import { stackInfo } from '../fixtures/stack-info.ts';
import { expect, test } from '../fixtures/test.ts';

interface Sent {
  readonly consent: boolean;
  readonly events: readonly { readonly sequence: number; readonly watched: readonly unknown[] }[];
}

/** What the page reports from now on. */
function reportsOf(page: Page): Sent[] {
  const sent: Sent[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/events')) sent.push(JSON.parse(request.postData() ?? '{}'));
  });
  return sent;
}

/** From the start: what came before took its time, and the clip may have ended. */
const playAgain = (page: Page): Promise<void> =>
  page.locator('mux-player').evaluate(async (player: HTMLMediaElement) => {
    player.currentTime = 0;
    await player.play();
  });

const stored = (publicId: string) =>
  rows<{ sequence: number; watched: string }>(
    `select e.sequence, e.watched_ms::text as watched from app.playback_events e
     join app.share_tokens t on t.id = e.share_token_id where t.public_id = $1 order by e.sequence`,
    [publicId],
  );

/** What is on record of the browser of this page, the oldest first. */
async function onRecord(page: Page): Promise<{ action: string; categories: string[]; noticed: boolean }[]> {
  const kept = await page.evaluate(() => localStorage.getItem('mm.consent'));
  const { browser } = JSON.parse(kept ?? '{}') as { browser?: string };
  return rows(
    `select c.action, c.categories, n.version >= 1 and n.jurisdiction = 'AU' as noticed from app.consents c
     join app.consent_notices n on n.id = c.notice_id where c.browser_id = $1::uuid order by c.decided_at`,
    [browser ?? null],
  );
}

test.describe('measuring', () => {
  let videoId = '';
  test.beforeEach(({ expectRefusal }) => expectRefusal(lateTokens));
  test.beforeAll(async () => {
    videoId = await readyVideo('Underwater kick', 'ben', stackInfo().longClip);
  });

  const question = (page: Page) => page.getByRole('region', { name: 'May this page measure how the video plays?' });

  test('is asked about where it disturbs nobody, and refused as easily as agreed to (VW-07)', async ({ page }, {
    outputDir,
  }) => {
    const link = await shareLink(videoId, 'The question', 'ben');
    await page.goto(link.url);
    await pressPlay(page);
    await watchedSeconds(page, 0.5);
    await expect(question(page)).toBeVisible();
    const look = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      const { color, backgroundColor, fontSize, fontWeight, borderColor } = getComputedStyle(element);
      return { width, height, color, backgroundColor, fontSize, fontWeight, borderColor };
    };
    const [no, yes] = ['No, don’t measure', 'Yes, measure'].map((name) => question(page).getByRole('button', { name }));
    expect(await no?.evaluate(look)).toEqual(await yes?.evaluate(look));
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1440, 390, 320]) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 800 });
        await expectNoSidewaysScroll(page);
        await page.screenshot({ path: join(outputDir, `consent-${colorScheme}-${width}.png`), fullPage: true });
      }
      await expectAccessible(page);
    }
  });

  test('happens only with consent, and ends when it is taken back, both on record (AN-03, CO-12)', async ({ page }) => {
    const link = await shareLink(videoId, 'Consent', 'ben');
    const sent = reportsOf(page);
    await page.goto(link.url);
    await pressPlay(page);
    await watchedSeconds(page, 0.5);
    await expect(question(page)).toBeVisible();
    await expect.poll(() => sent.length).toBeGreaterThanOrEqual(1);
    expect(sent.every(({ consent, events }) => !consent && events.length === 1 && events[0]?.sequence === 0)).toBe(
      true,
    );
    expect(await stored(link.publicId)).toEqual([{ sequence: 0, watched: '{}' }]);

    await question(page).getByText('Read the whole notice').click();
    await expect(question(page).getByRole('heading', { level: 3 })).toBeVisible();
    await question(page).getByRole('button', { name: 'Yes, measure' }).click();
    await expect(question(page)).toBeHidden();
    const given = { action: 'given', categories: ['analytics'], noticed: true };
    await expect.poll(() => onRecord(page)).toEqual([given]);
    await playAgain(page);
    await expect
      .poll(async () => (await stored(link.publicId)).some(({ watched }) => watched !== '{}'), { timeout: 30_000 })
      .toBe(true);

    await page.getByRole('button', { name: 'Privacy choices' }).click();
    await expect(page.getByText('You agreed to be measured.')).toBeVisible();
    await question(page).getByRole('button', { name: 'No, don’t measure' }).click();
    await expect.poll(() => onRecord(page)).toEqual([given, { action: 'withdrawn', categories: [], noticed: true }]);
    await playAgain(page);
    const before = sent.length;
    const measured = await stored(link.publicId);
    await expect.poll(() => sent.length, { timeout: 20_000 }).toBeGreaterThan(before);
    expect(sent.slice(before).map(({ consent }) => consent)).toEqual(sent.slice(before).map(() => false));
    expect(await stored(link.publicId)).toEqual(measured);
  });

  test('is not even asked about where the browser says no by itself', async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
    const link = await shareLink(videoId, 'Global Privacy Control', 'ben');
    const sent = reportsOf(page);
    await page.goto(link.url);
    await pressPlay(page);
    await watchedSeconds(page, 0.5);
    await expect.poll(() => sent.length).toBeGreaterThanOrEqual(1);
    await expect(page.getByRole('button', { name: 'Privacy choices' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Yes, measure' })).toHaveCount(0);
  });

  test('the place where somebody left off is kept in the browser, and can be left behind', async ({ page }, {
    outputDir,
  }) => {
    const link = await shareLink(videoId, 'Resume', 'ben');
    await page.goto(link.url);
    await pressPlay(page);
    await watchedSeconds(page, 12);
    await page.reload();
    const resume = page.getByRole('button', { name: /^Resume at 0:1\d: Underwater kick$/ });
    await expect(resume).toBeVisible();
    await expectAccessible(page);
    await page.screenshot({ path: join(outputDir, 'resume.png') });
    await resume.click();
    expect(await watchedSeconds(page, 1)).toBeGreaterThan(10);
    await page.reload();
    await page.getByRole('button', { name: 'Start again' }).click();
    expect(await watchedSeconds(page, 0.1)).toBeLessThan(10);
  });

  test('the list of keys opens by its key, and Escape leads back (VW-07)', async ({ page }, { outputDir }) => {
    const link = await shareLink(videoId, 'Keys', 'ben');
    await page.goto(link.url);
    await pressPlay(page);
    await watchedSeconds(page, 0.5);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await expectAccessible(page);
    await page.screenshot({ path: join(outputDir, 'keys.png') });
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeHidden();
  });
});
