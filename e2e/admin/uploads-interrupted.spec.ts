import { readFileSync, statSync, writeFileSync } from 'node:fs';
import type { Page, TestInfo } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { slowUplink } from '../fixtures/network.ts';
import { signIn } from '../fixtures/people.ts';
import type { StackInfo } from '../fixtures/stack-info.ts';
import { expect, test } from '../fixtures/test.ts';

/** The `Content-Range` of every PUT of the page, as they are sent. */
function rangesOf(page: Page): string[] {
  const ranges: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT') ranges.push(request.headers()['content-range'] ?? '');
  });
  return ranges;
}

/** How long the whole file takes over the slow line: longer than what a test does meanwhile. */
const slowSeconds = 24;

/**
 * Mux keeps what has arrived by 256 KiB, less than a tenth of the file, and the browser counts what it has handed over, which
 * is a little more than what has arrived.
 */
const enoughPercent = 25;

/** The clip with two megabytes that no player looks at, so that a part of it is more than what a line holds. */
function longToSend({ smallClip }: StackInfo, testInfo: TestInfo): string {
  const box = Buffer.alloc(2 * 1024 * 1024);
  box.writeUInt32BE(box.length);
  box.write('free', 4);
  const path = testInfo.outputPath('long-to-send.mp4');
  writeFileSync(path, Buffer.concat([readFileSync(smallClip), box]));
  return path;
}

/** Begins an upload over a slow line, and waits until so much of it is on its way. */
async function beginSlowly(page: Page, clip: string, title: string, percent = enoughPercent) {
  await page.locator('input[type=file]').setInputFiles(clip);
  await page.getByRole('textbox', { name: /^Title for/ }).fill(title);
  const line = await slowUplink(page, Math.ceil(statSync(clip).size / slowSeconds));
  await page.getByRole('button', { name: 'Upload 1 video' }).click();
  const progress = page.getByRole('progressbar', { name: `Progress of ${title}` });
  await expect
    .poll(async () => Number(await progress.getAttribute('aria-valuenow')), { timeout: 30_000, intervals: [100] })
    .toBeGreaterThanOrEqual(percent);
  return line;
}

/** First byte of the first chunk after the question how far the upload was. */
function firstByteAfterAsking(ranges: readonly string[]): number {
  const asked = ranges.findLastIndex((range) => range.startsWith('bytes */'));
  return Number(/bytes (\d+)-/.exec(ranges[asked + 1] ?? '')?.[1]);
}

// A slow line and a transcoder that shares two cores with the browsers: what is slow here is meant to be.
test.slow();

test('an upload survives the network being cut, and goes on where it was', async ({
  page,
  stack,
  context,
  expectRefusal,
}, testInfo) => {
  const title = `Cut ${testInfo.testId}`;
  expectRefusal({ url: /./, status: 'ERR_INTERNET_DISCONNECTED' });
  const ranges = rangesOf(page);
  await signIn(page, 'ben', '/admin/videos');
  const line = await beginSlowly(page, longToSend(stack, testInfo), title);
  await context.setOffline(true);
  await expect(page.getByText('Connection lost, trying again by itself')).toBeVisible();
  await expect(page.getByText('You are offline.', { exact: false })).toBeVisible();
  await context.setOffline(false);
  await line.restore();
  await expect(page.getByRole('row', { name: title })).toContainText('Ready', { timeout: 120_000 });
  expect(firstByteAfterAsking(ranges)).toBeGreaterThan(0);
});

test('an upload goes on after a reload in the middle, with the same file and no other', async ({
  page,
  stack,
}, testInfo) => {
  const title = `Reloaded ${testInfo.testId}`;
  const clip = longToSend(stack, testInfo);
  const ranges = rangesOf(page);
  await signIn(page, 'ben', '/admin/videos');
  const line = await beginSlowly(page, clip, title);

  const warned = page.waitForEvent('dialog');
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  expect((await warned).type()).toBe('beforeunload');
  await line.restore();

  const unfinished = page.getByRole('region', { name: 'Unfinished uploads' });
  const row = unfinished.getByRole('listitem').filter({ hasText: title });
  await expect(row).toBeVisible();
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  const chooseAgain = async (file: string) => {
    const dialog = page.waitForEvent('filechooser');
    await row.getByRole('button', { name: /^Choose the file again/ }).click();
    await (await dialog).setFiles(file);
  };
  await chooseAgain(stack.longClip);
  await expect(row.getByRole('alert')).toContainText('This is not the file that the upload began with');

  await chooseAgain(clip);
  await expect(row).toHaveCount(0);
  await expect(page.getByRole('row', { name: title })).toContainText('Ready', { timeout: 120_000 });
  expect(firstByteAfterAsking(ranges)).toBeGreaterThan(0);
});

test('uploads go on while the coach visits other pages, which say so', async ({ page, stack }, testInfo) => {
  const title = `Walking ${testInfo.testId}`;
  await signIn(page, 'ben', '/admin/videos');
  const line = await beginSlowly(page, longToSend(stack, testInfo), title, 5);
  await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Share links' }).click();
  const dock = page.getByRole('complementary', { name: 'Uploads under way' });
  await expect(dock).toContainText('1 upload ·');
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await line.restore();
  await expect(dock).toHaveCount(0, { timeout: 120_000 });
  await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Videos' }).click();
  await expect(page.getByRole('row', { name: title })).toContainText('Ready', { timeout: 120_000 });
});

test('two coaches upload several files at once, and each sees their own', async ({ page, stack, newPerson }, {
  testId,
}) => {
  const other = await newPerson();
  await signIn(page, 'amelia', '/admin/videos');
  await signIn(other, 'ben', '/admin/videos');
  const people = [
    { at: page, titles: [`Hers, one ${testId}`, `Hers, two ${testId}`] },
    { at: other, titles: [`His, one ${testId}`, `His, two ${testId}`] },
  ];
  for (const { at, titles } of people) {
    await at.locator('input[type=file]').setInputFiles([stack.smallClip, stack.longClip]);
    for (const [index, title] of titles.entries()) {
      await at
        .getByRole('textbox', { name: /^Title for/ })
        .nth(index)
        .fill(title);
    }
  }
  await Promise.all(people.map(({ at }) => at.getByRole('button', { name: 'Upload 2 videos' }).click()));
  for (const { at, titles } of people) {
    for (const title of titles) {
      await expect(at.getByRole('row', { name: title })).toContainText('Ready', { timeout: 120_000 });
    }
  }
  await page.reload();
  await expect(page.getByRole('row', { name: `Hers, one ${testId}` })).toBeVisible();
  await expect(page.getByText('His, one', { exact: false })).toHaveCount(0);
});
