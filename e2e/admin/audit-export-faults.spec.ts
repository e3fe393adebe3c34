import type { Page } from '@playwright/test';
import { signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

/** The browser's picker, answered with a file of the page's own origin: real handles and streams, and no window of the system. */
async function withPicker(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(globalThis, {
      showSaveFilePicker: async () =>
        (await navigator.storage.getDirectory()).getFileHandle('chosen.jsonl', { create: true }),
    });
  });
}

/** The text of the chosen file; null when there is none. */
function chosenFile(page: Page): Promise<string | null> {
  return page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle('chosen.jsonl').catch(() => null);
    return handle && (await (await handle.getFile()).text());
  });
}

async function startExport(page: Page): Promise<void> {
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^(Export|Try again)$/ })
    .click();
}

test.beforeEach(async ({ page }) => {
  await withPicker(page);
  await signIn(page, 'priya', '/admin/audit-log');
  // Nothing can be exported before the first checkpoint.
  await expect(page.getByRole('region', { name: 'State of the log' })).toContainText(/covers [\d,]+ entr/);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
});

test('an export is streamed to the place that was chosen, and is a file only when it is complete', async ({ page }) => {
  await startExport(page);
  await expect(page.getByText('The export is complete')).toBeVisible();
  await expect(page.getByRole('dialog')).toContainText('chosen.jsonl');
  const lines = (await chosenFile(page))?.trimEnd().split('\n') ?? [];
  expect(lines.map((line) => JSON.parse(line).type).filter((type) => type === 'header' || type === 'end')).toEqual([
    'header',
    'end',
  ]);
});

test('an export that was cut off is said to be, and leaves no file behind; another try succeeds', async ({ page }) => {
  await page.route('**/api/audit/export*', async (route) => {
    const answer = await route.fetch();
    const whole = await answer.text();
    await route.fulfill({ response: answer, body: whole.slice(0, whole.lastIndexOf('{"type":"end"')) });
  });
  await startExport(page);
  await expect(page.getByRole('alert')).toContainText(/cut off after .*Nothing was saved\./);
  expect(await chosenFile(page)).toBeNull();
  await page.unroute('**/api/audit/export*');
  await startExport(page);
  await expect(page.getByText('The export is complete')).toBeVisible();
  expect(await chosenFile(page)).toContain('{"type":"end"');
});

test('a refused export says why, with the request’s id, and leaves no file behind', async ({ page, expectRefusal }) => {
  for (const [status, code, detail] of [
    [403, 'auth.forbidden', 'Your role may not export the audit log.'],
    [422, 'request.invalid', 'Some of what was sent is not right.'],
    [503, 'audit.export_busy', 'As many exports as this server makes at once are under way.'],
  ] as const) {
    expectRefusal({ url: /\/api\/audit\/export/, status });
    await page.route('**/api/audit/export*', (route) =>
      route.fulfill({ status, json: { status, code, detail, title: code, requestId: `request-${status}` } }),
    );
    await startExport(page);
    await expect(page.getByRole('alert')).toContainText(detail);
    if (status !== 403) await expect(page.getByRole('alert')).toContainText(`request-${status}`);
    expect(await chosenFile(page)).toBeNull();
    await page.unroute('**/api/audit/export*');
  }
});

test('a server that is away is said to be, and a session that ended leads to the sign-in', async ({
  page,
  expectRefusal,
}) => {
  expectRefusal({ url: /\/api\/audit\/export/, status: 'ERR_FAILED' });
  await page.route('**/api/audit/export*', (route) => route.abort());
  await startExport(page);
  await expect(page.getByRole('alert')).toContainText('The server cannot be reached.');
  expect(await chosenFile(page)).toBeNull();
  await page.unroute('**/api/audit/export*');
  expectRefusal({ url: /\/api\/audit\/export/, status: 401 });
  await page.route('**/api/audit/export*', (route) =>
    route.fulfill({ status: 401, json: { code: 'auth.token_invalid', detail: 'Sign in again.', title: 'x' } }),
  );
  await startExport(page);
  // What the page was reading meanwhile is refused as well.
  expectRefusal({ url: /\/rest\//, status: 401 });
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('an export is cancelled by the keyboard, and leaves no file behind', async ({ page }) => {
  await page.route('**/api/audit/export*', () => undefined);
  await startExport(page);
  const cancel = page.getByRole('button', { name: 'Cancel export' });
  await expect(cancel).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true })).toBeVisible();
  expect(await chosenFile(page)).toBeNull();
  await expect(page.getByRole('alert')).toHaveCount(0);
});
