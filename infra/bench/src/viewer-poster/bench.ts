import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as timeout } from 'node:timers/promises';
import { makeSampleClip, PERSONAS } from '@mm/local';
import { StaffClient, startStack } from '@mm/local/stack';
import { type Browser, chromium } from 'playwright-core';
import { ensureChromium } from '../../../ci/src/chromium.ts';
import { atMost, type Bench, median, type Ratio, times } from '../bench.ts';
import { buildViewer } from './build.ts';
import { serveViewer } from './server.ts';
import { sharedVideo } from './shared-video.ts';

const rounds = 7;
/** A telephone on a slow line: 1.6 Mbit/s down, 750 kbit/s up, 150 ms, a processor four times slower than this one. */
const line = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const cpuRate = 4;

/** Runs in the page before anything of its own: tells when the frame with the poster is painted, and costs the page nothing until then. */
const tellPoster = `document.addEventListener('load', ({ target }) => {
  if (target.id === 'poster') requestAnimationFrame(() => setTimeout(() => posterShown(String(performance.now()))));
}, true)`;

/** From the navigation to the frame that shows the poster, in milliseconds, in a browser that has been nowhere. */
async function posterTime(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', line);
    await session.send('Emulation.setCPUThrottlingRate', { rate: cpuRate });
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: 'posterShown' });
    await session.send('Page.enable');
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: tellPoster });
    const shown = new Promise<number>((resolve) => {
      session.once('Runtime.bindingCalled', ({ payload }) => resolve(Number(payload)));
    });
    await page.goto(url, { waitUntil: 'commit' });
    const time = await Promise.race([shown, timeout(60_000, null, { ref: false })]);
    if (time === null) throw new Error('no poster within a minute');
    return time;
  } finally {
    await context.close();
  }
}

async function measure(say: (line: string) => void): Promise<Ratio[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mm-bench-poster-'));
  const stack = await startStack({
    dataDir: join(folder, 'data'),
    sample: false,
    apps: false,
    onLine: () => undefined,
  });
  const found = ensureChromium();
  const browser = await chromium.launch({
    executablePath: found.executable,
    env: { ...(process.env as Record<string, string>), ...found.env },
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const clip = join(folder, 'clip.mp4');
    await makeSampleClip({ path: clip, seconds: 8, width: 1280, height: 720, text: 'Poster' });
    const path = await sharedVideo(new StaffClient(PERSONAS.amelia, stack.urls), clip);
    const pages: { name: string; url: string; times: number[]; close(): Promise<void> }[] = [];
    for (const name of ['facade', 'eager']) {
      await buildViewer(join(folder, name), { isEager: name === 'eager' });
      const { url, close } = await serveViewer(join(folder, name), { api: stack.urls.app, images: stack.urls.mux });
      pages.push({ name, url: `${url}${path}`, times: [], close });
    }
    // The first round warms the stack up and does not count.
    for (let round = 0; round <= rounds; round += 1) {
      for (const page of pages) {
        const time = await posterTime(browser, page.url);
        if (round > 0) page.times.push(time);
      }
    }
    for (const page of pages) {
      say(
        `poster of the page ${page.name === 'eager' ? 'with the player loaded eagerly' : 'as it is'}: ${Math.round(median(page.times))} ms`,
      );
      await page.close();
    }
    const [facade, eager] = pages.map((page) => page.times);
    return [atMost('viewer-poster', times(facade ?? [], eager ?? []), 0.35)];
  } finally {
    await browser.close();
    await stack.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export const viewerPoster: Bench = {
  name: 'viewer-poster',
  about: 'until the poster of a share link shows, against the same page with the player loaded eagerly (VW-08)',
  run: measure,
};
