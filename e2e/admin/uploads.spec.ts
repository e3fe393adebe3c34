import { writeFileSync } from 'node:fs';
import { rows } from '../fixtures/database.ts';
import { signIn, staff } from '../fixtures/people.ts';
import { killService } from '../fixtures/processes.ts';
import { expect, test } from '../fixtures/test.ts';

test('an upload can be paused, resumed and is ready in the end', async ({ page, stack }, { testId }) => {
  const title = `Paused ${testId}`;
  await page.route(/\/upload\//, async (route) => {
    // A slow line: without it the whole file is up before anybody can press pause.
    await new Promise((resolve) => setTimeout(resolve, 40));
    await route.continue();
  });
  await signIn(page, 'amelia');
  await page.locator('input[type=file]').setInputFiles(stack.clip);
  await page.getByRole('textbox', { name: /^Title for/ }).fill(title);
  await page.getByRole('button', { name: 'Upload 1 video' }).click();
  await page.getByRole('button', { name: /^Pause/ }).click();
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Resume/ }).click();
  await expect(page.getByRole('row', { name: title })).toContainText('Ready', { timeout: 60_000 });
});

test('a cancelled upload is cancelled everywhere', async ({ page, stack }, { testId }) => {
  const title = `Cancelled ${testId}`;
  await page.route(/\/upload\//, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 40));
    await route.continue();
  });
  await signIn(page, 'amelia');
  await page.locator('input[type=file]').setInputFiles(stack.clip);
  await page.getByRole('textbox', { name: /^Title for/ }).fill(title);
  await page.getByRole('button', { name: 'Upload 1 video' }).click();
  await page.getByRole('button', { name: /^Pause/ }).click();
  await page.getByRole('button', { name: /^Cancel upload/ }).click();
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
  await signIn(page, 'amelia');
  await page.locator('input[type=file]').setInputFiles(text);
  await expect(page.getByText('This is not a video file.')).toBeVisible();
  await page.getByRole('button', { name: /Remove from the list/ }).click();
  await page.locator('input[type=file]').setInputFiles(broken);
  await page.getByRole('textbox', { name: /^Title for/ }).fill(title);
  await page.getByRole('button', { name: 'Upload 1 video' }).click();
  await expect(page.getByRole('row', { name: title })).toContainText('Failed', { timeout: 60_000 });
  await page.getByRole('link', { name: title }).first().click();
  await expect(page.getByText('Upload the file again.', { exact: false }).first()).toBeVisible();
});

for (const service of ['api', 'worker', 'mux'] as const) {
  test(`kill -9 of ${service} during an upload: it still becomes ready, and nothing is left half-done`, async ({
    page,
    stack,
    expectRefusal,
  }, { testId }) => {
    const title = `Killed ${service} ${testId}`;
    // While the service is away its requests fail; Chromium says so in the console.
    for (const status of [502, 503, 'ERR_CONNECTION_REFUSED', 'ERR_CONNECTION_RESET', 'ERR_EMPTY_RESPONSE'] as const) {
      expectRefusal({ url: service === 'mux' ? /\/upload\// : /.*/, status });
    }
    await signIn(page, 'amelia');
    let seen = 0;
    await page.route(/\/upload\//, async (route) => {
      if (route.request().method() === 'PUT') seen += 1;
      await new Promise((resolve) => setTimeout(resolve, 40));
      await route.continue();
    });
    await page.locator('input[type=file]').setInputFiles(stack.clip);
    await page.getByRole('textbox', { name: /^Title for/ }).fill(title);
    await page.getByRole('button', { name: 'Upload 1 video' }).click();
    await expect.poll(() => seen).toBeGreaterThan(0);
    await killService(service);
    await expect(page.getByRole('row', { name: title })).toContainText('Ready', { timeout: 80_000 });
    const [job] = await rows<{ state: string; status: string; assets: string }>(
      `select j.state, v.status, (select count(*) from app.mux_assets a where a.upload_job_id = j.id)::text as assets
       from app.upload_jobs j join app.videos v on v.id = j.video_id where v.title = $1`,
      [title],
    );
    expect(job).toEqual({ state: 'ready', status: 'ready', assets: '1' });
    const [open] = await rows<{ open: string }>(
      `select count(*)::text as open from app.webhook_events where state in ('received', 'processing', 'dead')`,
    );
    await expect.poll(() => open?.open).toBe('0');
    expect((await staff('amelia').rows('videos', { title: `eq.${title}` })).length).toBe(1);
  });
}
