import { requestedVideo } from '../fixtures/audit.ts';
import { shareLink } from '../fixtures/made.ts';
import { signIn, staff } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

test('a list shows what others do while somebody looks at it, and nothing that they may not see', async ({
  page,
  newPerson,
}) => {
  const label = `Live ${test.info().testId}`;
  const videoId = await requestedVideo(label, 'ben');
  const stream = page.waitForResponse((response) => response.url().includes('/api/live') && response.status() === 200);
  await signIn(page, 'ben', `/admin/share-links?q=${encodeURIComponent(label)}`);
  await stream;
  await expect(page.getByText('Nothing matches')).toBeVisible();

  // Another coach looks at the same search, and must not be told to look again.
  const amelia = await newPerson();
  const asked: string[] = [];
  await signIn(amelia, 'amelia', `/admin/share-links?q=${encodeURIComponent(label)}`);
  await expect(amelia.getByText('Nothing matches')).toBeVisible();
  amelia.on('request', (request) => {
    if (request.url().includes(encodeURIComponent(label))) asked.push(request.url());
  });

  const { id } = await shareLink(videoId, label, 'ben');
  const row = page.locator('tbody tr').filter({ hasText: label });
  await expect(row).toContainText('Active');
  await staff('ben').rpc('revoke_share_token', { id, reason: 'Seen by somebody who looks' });
  await expect(row).toContainText('Revoked');
  expect(asked).toEqual([]);
});
