import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { exportFile, linesOf, requestedVideo, signed, verify } from '../fixtures/audit.ts';
import { rewrite, rows } from '../fixtures/database.ts';
import { signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

/** A browser that cannot write to a chosen place downloads instead. */
const withoutPicker = (page: Page) =>
  page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));

test('an admin filters the log, opens an entry, reads its personal values with a reason, and exports what the list shows', async ({
  page,
  stack,
}, testInfo) => {
  const title = `Audited ${test.info().testId}`;
  const videoId = await requestedVideo(title, 'amelia');
  await signed(videoId);
  await withoutPicker(page);
  await signIn(page, 'priya', `/admin/audit-log`);
  await expect(page.getByRole('region', { name: 'State of the log' })).toContainText(/Signed.*covers [\d,]+ entr/);

  await test.step('the filter stands in the address and leaves one object', async () => {
    await page.getByLabel('Object id', { exact: true }).fill(videoId);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`object=${videoId}`));
    // The rows of the whole log stay until those of the filter are there.
    await expect(page.getByRole('row')).toHaveCount(2);
    const row = page.getByRole('row').filter({ hasText: 'Added a video' });
    await expect(row).toContainText('Amelia Hart');
    await expect(row).toContainText(/Sealed\s*Batch \d/);
  });

  const exported =
    await test.step('the list is exported as it is filtered, and the verifier proves the file', async () => {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await expect(page.getByRole('dialog')).toContainText(`Object id: ${videoId}`);
      await expectAccessible(page);
      const { path, text } = await exportFile(page, testInfo.outputPath());
      const [header, ...others] = linesOf(text);
      expect(header).toMatchObject({ kind: 'selection', filter: { object_id: videoId } });
      const entries = others.flatMap(({ entry }) => (entry ? [entry] : []));
      expect(entries.map((entry) => entry.object_id)).toEqual([videoId]);
      expect(await verify(path)).toMatchObject({ ok: true, kind: 'selection', entries: 1, trusted: true });
      await expect(page.getByRole('dialog')).toContainText('A selection: 1 entry');
      await page.keyboard.press('Escape');
      return entries[0]?.id ?? '';
    });

  await test.step('the whole log is exported, and the verifier proves that nothing is missing', async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('radio', { name: 'The whole log', exact: true }).check();
    const { path } = await exportFile(page, testInfo.outputPath('whole'));
    expect(await verify(path)).toMatchObject({ ok: true, kind: 'whole', trusted: true });
    await page.keyboard.press('Escape');
  });

  await test.step('CSV has the same entries for people', async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(page.getByRole('radio', { name: /^Only what/ })).toBeFocused();
    await page.getByRole('radio', { name: /^CSV/ }).check();
    const { text, download } = await exportFile(page, testInfo.outputPath('csv'));
    expect(download.suggestedFilename()).toMatch(/^audit-log-\d{8}T\d{6}Z\.csv$/);
    expect(
      text
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',')[2]),
    ).toEqual([exported]);
    await expect(page.getByRole('dialog')).toContainText('CSV proves nothing');
    await page.keyboard.press('Escape');
  });

  await test.step('the entry has an address, says which checkpoint covers it, and fits', async () => {
    await page.getByRole('link', { name: 'Added a video' }).click();
    await expect(page).toHaveURL(`${stack.urls.admin}audit-log/${exported}`);
    await expect(page.getByText(/Sealed in batch [\d,]+,.*Covered by the checkpoint signed/)).toBeVisible();
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });

  await test.step('a personal value is shown with a reason, agrees with the log, and the look is recorded', async () => {
    await expect(page.getByText(title)).toHaveCount(0);
    await page.getByRole('button', { name: 'Show with a reason' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Show values' }).click();
    await expect(dialog.getByText('Give a reason of at least 3 characters.')).toBeVisible();
    await dialog.getByLabel('Reason').fill('Incident 42');
    await dialog.getByRole('button', { name: 'Show values' }).click();
    await expect(page.getByText(title, { exact: true })).toBeVisible();
    await page.getByText('Check this value').last().click();
    await expect(page.getByText('The value is the one that the log was written with.')).toBeVisible();
    await expectAccessible(page);
    const looks = await rows(
      `select reason from audit.entries where action = 'audit_entry.disclosed' and object_id = $1`,
      [exported],
    );
    expect(looks).toEqual([{ reason: 'Incident 42' }]);
  });

  await test.step('an erased value is said to be erased', async () => {
    await rewrite(`delete from audit.disclosures where entry_id = $1 and field = 'title'`, [exported]);
    await page.reload();
    await page.getByRole('button', { name: 'Show with a reason' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Incident 42 again');
    await page.getByRole('dialog').getByRole('button', { name: 'Show values' }).click();
    await expect(page.getByText('Erased', { exact: true })).toBeVisible();
    await expect(page.getByText(title)).toHaveCount(0);
  });
});

test('a coach’s export holds their own entries and nobody else’s, and is proved as a selection', async ({
  page,
}, testInfo) => {
  const [hers, his] = await Promise.all([requestedVideo('Hers', 'amelia'), requestedVideo('His', 'ben')]);
  await Promise.all([signed(hers), signed(his)]);
  await withoutPicker(page);
  await signIn(page, 'ben', '/admin/audit-log');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('Everything about your own things');
  const { path, text } = await exportFile(page, testInfo.outputPath());
  const [header, ...others] = linesOf(text);
  const size = Number(header?.checkpoint?.split('\n')[1]);
  const own = await rows<{ id: string }>(
    `select l.entry_id as id from audit.leaves l join app.profiles p on p.id = l.owner_id
     where p.subject = 'user_ben_okafor' and l.batch_no < $1 order by l.batch_no, l.leaf_index`,
    [size],
  );
  const exported = others.flatMap(({ entry }) => (entry ? [entry] : []));
  expect(exported.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
  expect(exported.map((entry) => entry.object_id)).toContain(his);
  expect(text).not.toContain(hers);
  expect(await verify(path)).toMatchObject({ ok: true, kind: 'selection', trusted: true });
});

test('a coach reads the personal values of their own entries without a reason', async ({ page }) => {
  const title = `Own ${test.info().testId}`;
  const videoId = await requestedVideo(title, 'ben');
  await signIn(page, 'ben', `/admin/audit-log?object=${videoId}`);
  await page.getByRole('link', { name: 'Added a video' }).click();
  await page.getByRole('button', { name: 'Show personal values' }).click();
  await expect(page.getByText(title, { exact: true })).toBeVisible();
});

test('who may not show personal values is told who may', async ({ page }) => {
  const videoId = await requestedVideo('Not for auditors', 'amelia');
  await signIn(page, 'grace', `/admin/audit-log?object=${videoId}`);
  await page.getByRole('link', { name: 'Added a video' }).click();
  await expect(page.getByText('An admin can show them, with a reason.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Show/ })).toHaveCount(0);
});

test('compliance staff find what became of one thing, keep a file that proves it, and the export is on record', async ({
  page,
}, testInfo) => {
  const title = `Asked about ${test.info().testId}`;
  const videoId = await requestedVideo(title, 'amelia');
  await signed(videoId);
  await withoutPicker(page);
  await signIn(page, 'helen');
  await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
  await page.getByRole('link', { name: 'Audit log', exact: true }).click();
  await page.getByLabel('Object id', { exact: true }).fill(videoId);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row')).toHaveCount(2);

  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const { path, text } = await exportFile(page, testInfo.outputPath());
  expect(await verify(path)).toMatchObject({ ok: true, kind: 'selection', entries: 1, trusted: true });
  // What was personal is a commitment in the file: the title is proved without being told.
  expect(text).not.toContain(title);
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: 'Added a video' }).click();
  await expect(page.getByText('An admin can show them, with a reason.')).toBeVisible();
  const exports = await rows<{ actor_role: string }>(
    `select actor_role from audit.entries where action = 'audit_log.exported' and after -> 'filter' ->> 'object_id' = $1`,
    [videoId],
  );
  expect(exports).toEqual([{ actor_role: 'mm_compliance' }]);
});
