import { join } from 'node:path';
import { makeSampleClip } from '@mm/local';
import type { Page } from '@playwright/test';
import { addCaptions } from '../fixtures/captions.ts';
import { expireIn, readyVideo, shareLink } from '../fixtures/made.ts';
import { signedInAnew, staff } from '../fixtures/people.ts';
import { lateTokens, pressPlay, watchedSeconds } from '../fixtures/player.ts';
import { stackInfo } from '../fixtures/stack-info.ts';
import { expect, test } from '../fixtures/test.ts';

type Preview = { live_links: number };

const CALM = 'This link doesn’t work any more';

/** Notes in the page for how long the picture stood still: from `waiting` to `playing`, in milliseconds. */
async function noteStalls(page: Page): Promise<() => Promise<number[]>> {
  await page.addInitScript(() => {
    const stalls: number[] = [];
    Object.assign(window, { stalls });
    let since: number | null = null;
    const listen = (video: HTMLVideoElement) => {
      video.addEventListener('waiting', () => {
        if (video.currentTime > 0.5) since ??= performance.now();
      });
      for (const event of ['playing', 'timeupdate']) {
        video.addEventListener(event, () => {
          if (since !== null && video.readyState >= 3) stalls.push(performance.now() - since);
          if (video.readyState >= 3) since = null;
        });
      }
    };
    // Called for whatever element the player makes, wherever it puts it.
    const create = document.createElement.bind(document);
    document.createElement = ((name: string, options?: ElementCreationOptions) => {
      const element = create(name, options);
      if (element instanceof HTMLVideoElement) listen(element);
      return element;
    }) as typeof document.createElement;
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
      const root = attach.call(this, init);
      new MutationObserver(() => {
        for (const video of root.querySelectorAll('video:not([data-noted])')) {
          video.setAttribute('data-noted', '');
          listen(video as HTMLVideoElement);
        }
      }).observe(root, { childList: true, subtree: true });
      return root;
    };
  });
  return () => page.evaluate(() => (window as Window & { stalls?: number[] }).stalls ?? []);
}

test.describe('watching', () => {
  let videoId = '';
  test.beforeEach(({ expectRefusal }) => expectRefusal(lateTokens));
  test.beforeAll(async () => {
    const path = join(stackInfo().dataDir, '..', 'watching-clip.mp4');
    // Longer than the player buffers ahead, so that segments are asked for while tokens come and go.
    await makeSampleClip({ path, seconds: 100, width: 320, height: 180, text: 'Long set' });
    videoId = await readyVideo('Long set, start to end', 'ben', path);
  });

  test('goes on across three renewals, each segment with a live token, without standing still (VW-02)', async ({
    page,
  }, testInfo) => {
    const link = await shareLink(videoId, 'Renewals', 'ben');
    const stalls = await noteStalls(page);
    const tokens = new Set<string>();
    const missing = new Set<string>();
    let grants = 0;
    page.on('response', (response) => {
      const url = new URL(response.url());
      if (url.pathname === `/api/share/${link.publicId}` && response.ok()) grants += 1;
      if (!url.pathname.endsWith('.ts')) return;
      tokens.add(url.searchParams.get('token') ?? '');
      // One that is refused is asked for again with a fresh token.
      if (response.ok()) missing.delete(url.pathname);
      else missing.add(url.pathname);
    });
    await page.goto(link.url);
    await pressPlay(page);
    await expect.poll(() => grants, { timeout: 60_000 }).toBeGreaterThanOrEqual(5);
    const position = await watchedSeconds(page, 30);
    const longest = Math.round(Math.max(0, ...(await stalls())));
    const figures = { renewals: grants - 1, tokensOnSegments: tokens.size, longestStallMs: longest, position };
    testInfo.annotations.push({ type: 'figures', description: JSON.stringify(figures) });
    process.stdout.write(`renewals: ${JSON.stringify(figures)}\n`);
    expect([...missing]).toEqual([]);
    expect(tokens.size).toBeGreaterThanOrEqual(3);
    expect(longest).toBeLessThanOrEqual(250);
  });

  for (const [name, act, boundMs] of [
    ['revoked', (id: string) => staff('ben').rpc('revoke_share_token', { id, reason: 'Test in mid-playback' }), 15_000],
    [
      'cut off with its links',
      async () => {
        const preview = await staff('ben').rpc<Preview | Preview[]>('preview_cut', { video_id: videoId });
        await signedInAnew('ben').rpc('cut_playback', {
          video_id: videoId,
          reason: 'Test in mid-playback',
          revoke_links: true,
          expected_count: [preview].flat()[0]?.live_links,
        });
      },
      10_000,
    ],
  ] as const) {
    test(`stops with the calm page when the video is ${name} in mid-playback (VW-05)`, async ({
      page,
      expectRefusal,
    }) => {
      expectRefusal({ url: /\/api\/share\//, status: 403 });
      expectRefusal({ ...lateTokens, status: 404 });
      const link = await shareLink(videoId, `To be ${name}`, 'ben');
      await page.goto(link.url);
      await pressPlay(page);
      await watchedSeconds(page, 2);
      const acted = Date.now();
      await act(link.id);
      await expect(page.getByRole('heading', { name: CALM })).toBeVisible({ timeout: 30_000 });
      const took = Date.now() - acted;
      process.stdout.write(`${name}: stopped after ${took} ms\n`);
      expect(took).toBeLessThanOrEqual(boundMs);
      await expect(page.getByText('It was switched off while you were watching.')).toBeVisible();
      await expect(page.locator('mux-player')).toHaveCount(0);
    });
  }

  test('shows captions when they are switched on, in step with the video (VW-07)', async ({ page }, { outputDir }) => {
    const captioned = await readyVideo('Captioned set', 'ben', stackInfo().longClip);
    await addCaptions(captioned, 'WEBVTT\n\n00:00:00.500 --> 00:00:25.000\nHold the line\n');
    const link = await shareLink(captioned, 'Captions', 'ben');
    await page.goto(link.url);
    await pressPlay(page);
    await watchedSeconds(page, 0.7);
    const shown = () =>
      page.evaluate(() => {
        const video = document
          .querySelector('mux-player')
          ?.shadowRoot?.querySelector('mux-video')
          ?.shadowRoot?.querySelector('video');
        return Array.from(video?.textTracks ?? [], ({ kind, label, language, mode, activeCues }) => ({
          kind,
          label,
          language,
          mode,
          cues: Array.from(activeCues ?? [], (cue) => (cue as VTTCue).text),
        })).filter(({ kind: is }) => is === 'captions');
      });
    await expect
      .poll(shown)
      .toEqual([{ kind: 'captions', label: 'English', language: 'en', mode: 'disabled', cues: [] }]);
    await page.keyboard.press('c');
    await expect
      .poll(shown)
      .toEqual([{ kind: 'captions', label: 'English', language: 'en', mode: 'showing', cues: ['Hold the line'] }]);
    await page.screenshot({ path: join(outputDir, 'captions.png') });
  });

  test('moves on by itself when the video is cut off and the link lives', async ({ page, expectRefusal }) => {
    expectRefusal({ ...lateTokens, status: 404 });
    const link = await shareLink(videoId, 'Moves on', 'ben');
    const streams = new Set<string>();
    page.on('request', (request) => {
      const stream = /\/([A-Za-z0-9]{20,})\/renditions\//.exec(new URL(request.url()).pathname)?.[1];
      if (stream !== undefined) streams.add(stream);
    });
    await page.goto(link.url);
    await pressPlay(page);
    await watchedSeconds(page, 2);
    await signedInAnew('ben').rpc('cut_playback', { video_id: videoId, reason: 'Test of moving on' });
    await expect.poll(() => streams.size, { timeout: 45_000 }).toBe(2);
    await watchedSeconds(page, 14);
  });

  test('says in one sentence when the connection is lost, and goes on by itself', async ({ page, expectRefusal }) => {
    expectRefusal({ url: /./, status: 'ERR_INTERNET_DISCONNECTED' });
    const link = await shareLink(videoId, 'Offline', 'ben');
    await page.goto(link.url);
    await pressPlay(page);
    await watchedSeconds(page, 1);
    await page.context().setOffline(true);
    const notice = page.locator('#notice');
    await expect(notice).toHaveText('Connection lost. We’re trying to reach the video again.');
    await page.context().setOffline(false);
    await expect(notice).toBeHidden();
    const position = await watchedSeconds(page, 1);
    await watchedSeconds(page, position + 2);
  });

  test('says when the link has ended while somebody watched', async ({ page, expectRefusal }) => {
    expectRefusal({ url: /\/api\/share\//, status: 403 });
    const link = await shareLink(videoId, 'Ends soon', 'ben');
    await expireIn(link, 25);
    await page.goto(link.url);
    await pressPlay(page);
    await expect(page.getByRole('heading', { name: 'This link has ended' })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/^It was available until /)).toBeVisible();
  });
});
