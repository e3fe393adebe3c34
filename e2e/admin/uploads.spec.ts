import { writeFileSync } from 'node:fs';
import { rows } from '../fixtures/database.ts';
import { slowUplink } from '../fixtures/network.ts';
import { signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

test('an upload can be paused, resumed and is ready in the end', async ({ page, stack }, { testId }) => {
  const title = `Paused ${testId}`;
  await signIn(page, 'amelia', '/admin/videos');
  await page.locator('input[type=file]').setInputFiles(stack.clip);
  await page.getByRole('textbox', { name: /^Title for/ }).fill(title);
  // Without it the whole file is up before anybody can press pause.
  const line = await slowUplink(page, 100_000);
  await page.getByRole('button', { name: 'Upload 1 video' }).click();
  await page.getByRole('button', { name: `Pause: ${title}` }).click();
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await line.restore();
  await page.getByRole('button', { name: `Resume: ${title}` }).click();
  await expect(page.getByRole('row', { name: title })).toContainText('Ready', { timeout: 60_000 });
});

test('a cancelled upload is cancelled everywhere', async ({ page, stack }, { testId }) => {
  const title = `Cancelled ${testId}`;
  await signIn(page, 'amelia', '/admin/videos');
  await page.locator('input[type=file]').setInputFiles(stack.clip);
  await page.getByRole('textbox', { name: /^Title for/ }).fill(title);
  // Without it the whole file is up before anybody can press pause.
  await slowUplink(page, 100_000);
  await page.getByRole('button', { name: 'Upload 1 video' }).click();
  await page.getByRole('button', { name: `Pause: ${title}` }).click();
  await page.getByRole('button', { name: `Cancel upload: ${title}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel upload' }).click();
  await expect(page.getByRole('row', { name: title })).toContainText('Cancelled');
  const [job] = await rows<{ state: string; mux_upload_id: string }>(
    'select j.state, j.mux_upload_id from app.upload_jobs j join app.videos v on v.id = j.video_id where v.title = $1',
    [title],
  );
  expect(job?.state).toBe('cancelled');
});

test('a file that is no video is refused at the file; one that Mux cannot read says so', async ({ page }, testInfo) => {
  const text = testInfo.outputPath('notes.txt');
  writeFileSync(text, 'not a video');
  const broken = testInfo.outputPath('broken.mp4');
  writeFileSync(broken, Buffer.alloc(300_000, 7));
  const title = `Broken ${testInfo.testId}`;
  await signIn(page, 'amelia', '/admin/videos');
  await page.locator('input[type=file]').setInputFiles(text);
  await expect(page.getByText('This is not a video file.')).toBeVisible();
  await page.getByRole('button', { name: /Remove from the list/ }).click();
  await page.locator('input[type=file]').setInputFiles(broken);
  await page.getByRole('textbox', { name: /^Title for/ }).fill(title);
  await expect(page.getByText('This file does not begin like a video', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Upload 1 video' }).click();
  await expect(page.getByRole('row', { name: title })).toContainText('Failed', { timeout: 60_000 });
  const inWords = 'It may be damaged or cut off';
  await expect(page.getByRole('alert').filter({ hasText: inWords })).toBeVisible();
  await page.getByRole('link', { name: title, exact: true }).click();
  await expect(page.getByText(inWords, { exact: false })).toBeVisible();
});

test('a link wished with the upload is there at once, tells people to wait, and plays when the video is ready', async ({
  page,
  stack,
  newPerson,
  expectRefusal,
}, { testId }) => {
  expectRefusal({ url: /\/api\/share\//, status: 409 });
  const title = `Shared ${testId}`;
  await signIn(page, 'amelia', '/admin/videos');
  await page.locator('input[type=file]').setInputFiles(stack.clip);
  await page.getByRole('textbox', { name: /^Title for/ }).fill(title);
  await page.getByRole('checkbox', { name: /^Share when ready/ }).check();
  await page.getByRole('textbox', { name: /^Label of the link/ }).fill('For the squad');
  const line = await slowUplink(page, 30_000);
  await page.getByRole('button', { name: 'Upload 1 video' }).click();
  const link = await page.getByRole('textbox', { name: `Share link to ${title}` }).inputValue();

  const viewer = await newPerson();
  await viewer.goto(link);
  await expect(viewer.getByRole('heading', { name: 'This video is nearly ready' })).toBeVisible();

  await line.restore();
  await expect(page.getByRole('row', { name: title })).toContainText('Ready', { timeout: 60_000 });
  // It is nowhere else: the list does not let go of it unasked.
  await page.getByRole('button', { name: `Remove from the list: ${title}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Go back' }).click();
  await expect(viewer.getByRole('heading', { name: title })).toBeVisible({ timeout: 30_000 });
  await expect(viewer.getByRole('button', { name: /^Play video/ })).toBeVisible();
});
