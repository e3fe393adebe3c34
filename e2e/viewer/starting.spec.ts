import type { Page } from '@playwright/test';
import { readyVideo, shareLink } from '../fixtures/made.ts';
import { lateTokens, pressPlay, watchedSeconds } from '../fixtures/player.ts';
import { expect, test } from '../fixtures/test.ts';

/** Lets the browser refuse the first play() of the page, as it does now and then by itself; later ones are its own. */
const refuseFirstPlay = (page: Page, name: 'AbortError' | 'NotAllowedError') =>
  page.addInitScript((refusal) => {
    const { play } = HTMLMediaElement.prototype;
    let isFirst = true;
    HTMLMediaElement.prototype.play = function () {
      if (!isFirst) return play.call(this);
      isFirst = false;
      return Promise.reject(new DOMException('refused by a test', refusal));
    };
  }, name);

test.describe('a press on play', () => {
  let videoId = '';
  test.beforeEach(({ expectRefusal }) => expectRefusal(lateTokens));
  test.beforeAll(async () => {
    videoId = await readyVideo('False start');
  });

  test('starts the video although its source, loaded late, took the first play() back', async ({ page }) => {
    await refuseFirstPlay(page, 'AbortError');
    const link = await shareLink(videoId, 'Taken back');
    await page.goto(link.url);
    await pressPlay(page);
    expect(await watchedSeconds(page, 1)).toBeGreaterThan(1);
  });

  test('that the browser does not count asks for one more, aloud, and plays then', async ({ page }) => {
    await refuseFirstPlay(page, 'NotAllowedError');
    const link = await shareLink(videoId, 'Not allowed');
    await page.goto(link.url);
    await pressPlay(page);
    await expect(page.getByRole('region', { name: 'May this page measure how the video plays?' })).toBeVisible();
    await expect(page.getByRole('status')).toHaveText('Your browser asks you to press play once more.');
    await page.keyboard.press('k');
    expect(await watchedSeconds(page, 1)).toBeGreaterThan(1);
  });
});
