import { writeFileSync } from 'node:fs';
import { expectFitEverywhere } from '../fixtures/accessibility.ts';
import { slowUplink } from '../fixtures/network.ts';
import { signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

test.slow();

test('the list of uploads is accessible and fits in every state, at 1440 and 390 px, in light and dark', async ({
  page,
  stack,
}, testInfo) => {
  const title = `States ${testInfo.testId}`;
  const text = testInfo.outputPath('notes.txt');
  writeFileSync(text, 'not a video');
  const broken = testInfo.outputPath('broken.mp4');
  writeFileSync(broken, Buffer.alloc(1000, 7));
  // From the beginning: a colour that is on its way to another would be measured in between.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await signIn(page, 'amelia', '/admin/videos');
  await page.locator('input[type=file]').setInputFiles([stack.clip, stack.longClip, text, broken]);
  await page.getByRole('textbox', { name: 'Title for clip.mp4' }).fill(title);
  for (const box of [0, 0])
    await page
      .getByRole('checkbox', { name: /^Share when ready/, checked: false })
      .nth(box)
      .check();
  await slowUplink(page, 50_000);
  await page.getByRole('button', { name: `Upload: ${title}` }).click();
  await page.getByRole('button', { name: `Pause: ${title}` }).click();

  await expect(page.getByRole('textbox', { name: `Share link to ${title}` })).toBeVisible();
  await expect(page.getByText('This is not a video file.')).toBeVisible();
  await expect(page.getByText('This file does not begin like a video', { exact: false })).toBeVisible();
  await expectFitEverywhere(page, async (look) => {
    await testInfo.attach(`uploads, ${look}`, {
      body: await page.screenshot({ fullPage: true }),
      contentType: 'image/png',
    });
  });
  await page.getByRole('button', { name: `Cancel upload: ${title}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel upload' }).click();
  await expect(page.getByRole('textbox', { name: `Share link to ${title}` })).toHaveCount(0);
});
