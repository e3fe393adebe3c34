import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readyVideo, shareLink } from '../fixtures/made.ts';
import { lateTokens } from '../fixtures/player.ts';
import { expect, test } from '../fixtures/test.ts';

/** A page of another site, over TLS as far as the browser knows, that shows an address in a frame. */
async function openSite(page: Page, origin: string, address: string): Promise<void> {
  const html = `<!doctype html><title>Club</title><h1>Our club</h1>
    <iframe title="Video" src="${address}" width="640" height="460" allow="autoplay; fullscreen" referrerpolicy="origin"></iframe>`;
  await page.route(`${origin}/`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto(`${origin}/`);
}

test.describe('a video in a frame of another site', () => {
  let videoId = '';
  test.beforeEach(({ expectRefusal }) => expectRefusal(lateTokens));
  test.beforeAll(async () => {
    videoId = await readyVideo('Block start in a frame', 'ben');
  });
  const embedded = (url: string) => url.replace('#', '?embed=1#');

  test('plays where its link names the site', async ({ page }, { outputDir }) => {
    const link = await shareLink(videoId, 'Embedded', 'ben', { embed_origins: ['https://club.example'] });
    await openSite(page, 'https://club.example', embedded(link.url));
    const frame = page.frameLocator('iframe');
    await frame.getByRole('button', { name: /^Play video/ }).click();
    await expect(frame.locator('mux-player')).toBeVisible();
    await expect(frame.locator('body')).toHaveAttribute('data-state', 'playing', { timeout: 30_000 });
    await expect(frame.getByRole('button', { name: 'Yes, measure' })).toHaveCount(0);
    await page.screenshot({ path: join(outputDir, 'embedded.png') });
  });

  test('says where it is not allowed, and shows nothing of the video', async ({ page, expectRefusal }, {
    outputDir,
  }) => {
    expectRefusal({ url: /\/api\/share\//, status: 403 });
    const link = await shareLink(videoId, 'Embedded elsewhere', 'ben', { embed_origins: ['https://club.example'] });
    await openSite(page, 'https://other.example', embedded(link.url));
    const frame = page.frameLocator('iframe');
    await expect(frame.getByRole('heading', { name: 'This video can’t be shown here' })).toBeVisible();
    await expect(frame.getByText('Block start in a frame')).toHaveCount(0);
    await page.screenshot({ path: join(outputDir, 'not-allowed.png') });
  });

  test('is not framed at all without being asked for as such', async ({ page, context }) => {
    const link = await shareLink(videoId, 'Framed plainly', 'ben', { embed_origins: ['https://club.example'] });
    const complaints: string[] = [];
    context.removeAllListeners('console');
    page.on('console', (message) => complaints.push(message.text()));
    await openSite(page, 'https://club.example', link.url);
    await expect.poll(() => complaints.join('\n')).toMatch(/frame-ancestors/);
  });
});
