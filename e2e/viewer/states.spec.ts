import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { expire, readyVideo, shareLink } from '../fixtures/made.ts';
import { staff } from '../fixtures/people.ts';
import { lateTokens, pressPlay, watchedSeconds } from '../fixtures/player.ts';
import { stackInfo } from '../fixtures/stack-info.ts';
import { expect, test } from '../fixtures/test.ts';

const CALM = 'This link doesn’t work any more';

test.describe('a share link', () => {
  let videoId = '';
  test.beforeEach(({ expectRefusal }) => expectRefusal(lateTokens));
  test.beforeAll(async () => {
    videoId = await readyVideo('Tumble turn in slow motion', 'amelia', stackInfo().longClip);
  });

  test('that was revoked, has expired, never existed or carries a wrong secret shows one and the same page (SH-07)', async ({
    page,
    stack,
    expectRefusal,
  }) => {
    expectRefusal({ url: /\/api\/share\//, status: 403 });
    const revoked = await shareLink(videoId, 'To be revoked');
    await staff('amelia').rpc('revoke_share_token', { id: revoked.id, reason: 'Test of the calm page' });
    const expired = await shareLink(videoId, 'To expire');
    await expire(expired);
    const wrong = await shareLink(videoId, 'Wrong secret');
    const texts: (string | null)[] = [];
    for (const url of [
      revoked.url,
      expired.url,
      `${stack.urls.app}/s/${wrong.publicId}#${revoked.secret}`,
      `${stack.urls.app}/s/AAAAAAAAAAAA#${wrong.secret}`,
      `${stack.urls.app}/s/not-an-id#${wrong.secret}`,
    ]) {
      await page.goto('about:blank');
      await page.goto(url);
      await expect(page.getByRole('heading', { name: CALM })).toBeVisible();
      texts.push(await page.locator('body').textContent());
    }
    expect(new Set(texts).size).toBe(1);
  });

  test('without its secret says that part of the link is missing', async ({ page, stack }) => {
    const link = await shareLink(videoId, 'Cut off');
    await page.goto(`${stack.urls.app}/s/${link.publicId}`);
    await expect(page.getByRole('heading', { name: 'Part of this link is missing' })).toBeVisible();
  });

  test('names nobody but the product and the video’s host in its requests (VW-06)', async ({ page, stack }) => {
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).origin));
    const link = await shareLink(videoId, 'Hosts');
    await page.goto(link.url);
    await pressPlay(page);
    await watchedSeconds(page, 1);
    hosts.delete('null');
    expect([...hosts].filter((host) => ![stack.urls.app, stack.urls.mux].includes(host))).toEqual([]);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 390, 320]) {
      test(`is accessible and fits at ${width} px in ${colorScheme}`, async ({ page, stack, expectRefusal }) => {
        expectRefusal({ url: /\/api\/share\//, status: 403 });
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 800 });
        const link = await shareLink(videoId, `Look ${width} ${colorScheme}`);
        await page.goto(link.url);
        await expect(page.getByRole('button', { name: /^Play video/ })).toBeVisible();
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
        await page.goto(`${stack.urls.app}/s/AAAAAAAAAAAA#${link.secret}`);
        await expect(page.getByRole('heading', { name: CALM })).toBeVisible();
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
      });
    }
  }
});
