import { expectAccessible } from '../fixtures/accessibility.ts';
import { rows } from '../fixtures/database.ts';
import { signIn, staff } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

// Mia is signed in here alone: tests that run beside these would lose their uploads, or their session.
test('the 21st upload is refused with the time at which the next is possible', async ({
  page,
  stack,
  expectRefusal,
}) => {
  const mia = staff('mia');
  await signIn(page, 'mia', '/admin/videos');
  await expect(page.getByText('20 of 20 uploads left today.')).toBeVisible();
  const upload = { fileName: 'clip.mp4', fileSizeBytes: 1000, contentType: 'video/mp4' };
  for (let index = 1; index <= 19; index += 1) {
    await mia.request('POST', '/api/uploads', { ...upload, title: `Quota ${index}` });
  }
  await page.reload();
  await expect(page.getByText('1 of 20 uploads left today.')).toBeVisible();

  // Two are chosen while one is left: said before, and refused after, each at its own file.
  await page.locator('input[type=file]').setInputFiles([stack.clip, stack.longClip]);
  await expect(page.getByText('2 videos chosen, but only 1 can start today.', { exact: false })).toBeVisible();
  expectRefusal({ url: /\/api\/uploads/, status: 429 });
  await page.getByRole('button', { name: 'Upload 2 videos' }).click();
  const refusal = page.getByRole('alert').filter({ hasText: 'You have used your uploads of the last 24 hours.' });
  await expect(refusal).toHaveCount(1);

  const [first] = await rows<{ at: Date }>(
    `select min(j.requested_at) as at from app.upload_jobs j join app.profiles p on p.id = j.coach_id
     where p.subject = 'user_mia_santos'`,
  );
  const next = new Intl.DateTimeFormat('en-AU', {
    timeZone: 'Australia/Sydney',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  const soonest = next.format(new Date((first?.at.getTime() ?? 0) + 86_400_000));
  const notice = page.getByText('You have used your 20 uploads of the last 24 hours.', { exact: false });
  await expect(notice).toContainText(soonest);
  // Whole seconds of a waiting time, rounded up, may fall into the next minute.
  const after = next.format(new Date((first?.at.getTime() ?? 0) + 86_401_000));
  await expect(refusal).toContainText(new RegExp(`${soonest}|${after}`));
  await expectAccessible(page);
});

test('who signs out everywhere is signed out of the other browser too', async ({ page, newPerson, stack }) => {
  await signIn(page, 'mia');
  const other = await newPerson();
  await signIn(other, 'mia');
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page.getByText('You are signed out.')).toBeVisible();
  await other.goto(`${stack.urls.admin}videos`);
  await expect(other.getByRole('button', { name: 'Continue to sign in' })).toBeVisible();
});
