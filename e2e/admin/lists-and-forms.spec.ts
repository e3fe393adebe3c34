import { readyVideo, shareLink } from '../fixtures/made.ts';
import { signIn, staff } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

test.describe('share links of a coach with many', () => {
  const labels = Array.from({ length: 27 }, (_, index) => `Squad ${String(index + 1).padStart(2, '0')}`);
  let videoId = '';

  test.beforeAll(async () => {
    videoId = await readyVideo('Relay changeovers', 'ben');
    for (const label of labels) await shareLink(videoId, label, 'ben');
  });

  test('the list pages, sorts, searches and filters on the server, and its address holds the state', async ({
    page,
    stack,
  }) => {
    const asked: string[] = [];
    page.on('request', (request) => {
      const url = decodeURIComponent(request.url());
      // How many there are is asked apart.
      if (url.includes('/rest/share_tokens') && url.includes('order=')) asked.push(url);
    });
    // Other tests make links of the same coach: this list is of one video.
    const list = `share-links?video=${videoId}`;
    await signIn(page, 'ben', `/admin/${list}`);
    const rows = page.locator('tbody tr').filter({ hasText: 'Squad' });
    await expect(rows).toHaveCount(25);
    await expect(page.getByText('1–25 of 27')).toBeVisible();

    await page.getByRole('button', { name: 'Page 2', exact: true }).click();
    await expect(rows).toHaveCount(2);
    await expect(page).toHaveURL(/page=2/);
    await page.reload();
    await expect(rows).toHaveCount(2);

    await page.goto(`${stack.urls.admin}${list}`);
    await page.getByRole('columnheader', { name: 'Link' }).click();
    await expect(rows.first()).toContainText('Squad 01');
    await expect(page).toHaveURL(/sort=/);
    expect(asked.at(-1)).toMatch(/order=label\.asc/);

    await page.getByRole('searchbox').fill('squad 07');
    await expect(rows).toHaveCount(1);
    await expect(rows.first()).toContainText('Squad 07');

    // What a person types is a value, never a part of the query.
    await page.getByRole('searchbox').fill('%,id.not.is.null)');
    await expect(page.getByText('Nothing matches')).toBeVisible();
  });
});

test('a form says what is wrong with each field, also when only the server knows', async ({ page, expectRefusal }) => {
  const title = `Form ${test.info().testId}`;
  const videoId = await readyVideo(title);
  await signIn(page, 'amelia', `/admin/videos/${videoId}`);

  await page.getByRole('button', { name: 'Create share link' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Create share link' });
  await dialog.getByLabel('Label (optional)').fill('x'.repeat(121));
  await dialog.getByRole('button', { name: 'Create link' }).click();
  await expect(dialog.getByText('A label has at most 120 characters.')).toBeVisible();

  // The browser believed the label was short enough; the server decides.
  await dialog.getByLabel('Label (optional)').fill('Short');
  await page.route('**/rest/rpc/create_share_token', async (route) => {
    const sent = route.request().postDataJSON();
    await route.continue({ postData: JSON.stringify({ ...sent, label: 'x'.repeat(121) }) });
  });
  expectRefusal({ url: /create_share_token/, status: 422 });
  await dialog.getByRole('button', { name: 'Create link' }).click();
  const field = dialog.locator('.ant-form-item').filter({ hasText: 'Label (optional)' });
  await expect(field.getByText('The label may have at most 120 characters.')).toBeVisible();
  expect(await dialog.getByLabel('Label (optional)').inputValue(), 'nothing typed is lost').toBe('Short');
  await page.unroute('**/rest/rpc/create_share_token');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  await expect(page.getByRole('textbox', { name: 'Share link' })).toBeVisible();
});

test('a title changed by somebody else meanwhile is not overwritten unseen', async ({ page, expectRefusal }) => {
  const title = `Version ${test.info().testId}`;
  const videoId = await readyVideo(title);
  await signIn(page, 'amelia', `/admin/videos/${videoId}`);
  await page.getByRole('button', { name: 'Edit title and description' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill(`${title}, mine`);
  await staff('amelia').request('PATCH', `/rest/videos?id=eq.${videoId}`, { title: `${title}, theirs` });
  expectRefusal({ url: /\/rest\/videos/, status: 406 });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Somebody else changed this video meanwhile')).toBeVisible();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `${title}, mine` })).toBeVisible();
});

test('an empty list says what to do next, and a list that cannot be loaded can be tried again', async ({
  page,
  expectRefusal,
}) => {
  await signIn(page, 'grace', '/admin/audit-log');
  await page.goto(`${page.url().split('?')[0]}?actor=nobody-of-that-name`);
  await expect(page.getByText('Nothing matches')).toBeVisible();
  expectRefusal({ url: /\/rest\/audit_entries/, status: 503 });
  await page.route('**/rest/audit_entries*', (route) => route.fulfill({ status: 503, body: '' }));
  await page.reload();
  await expect(page.getByText('The list cannot be loaded')).toBeVisible();
  await page.unroute('**/rest/audit_entries*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Nothing matches')).toBeVisible();
});
