import { readyVideo } from '../fixtures/made.ts';
import { signIn, staff } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

test('an auditor checks an export in the browser: a genuine one is proven, a changed one names the line', async ({
  page,
}) => {
  test.slow();
  await readyVideo(`To be checked ${test.info().testId}`);
  await signIn(page, 'grace', '/admin/audit-log');
  const answer = await page.request.get(`${new URL(page.url()).origin}/api/audit/export?format=jsonl`, {
    headers: { authorization: `Bearer ${await staff('grace').token()}` },
  });
  expect(answer.ok()).toBe(true);
  const genuine = await answer.text();
  await page.getByText('Check an export in this browser').click();
  const choose = (text: string) =>
    page.getByLabel('Export to check (JSON Lines)').setInputFiles({
      name: 'audit-log.jsonl',
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from(text),
    });

  await choose(genuine);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByText('Proven', { exact: true })).toBeVisible();
  await expect(page.getByText(/^The whole log up to the checkpoint/)).toBeVisible();

  const lines = genuine.split('\n');
  const at = lines.findIndex((line) => line.includes('"action": "video.created"'));
  lines[at] = lines[at]?.replace('"action": "video.created"', '"action": "video.deleted"') ?? '';
  await choose(lines.join('\n'));
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByText('Not proven', { exact: true })).toBeVisible();
  await expect(page.getByText(`Line ${(at + 1).toLocaleString('en-AU')}: The entry is not the one`)).toBeVisible();
});

test('a coach checks one entry about their video on its page', async ({ page }) => {
  test.slow();
  const videoId = await readyVideo(`To be proven ${test.info().testId}`);
  const find = () =>
    staff('amelia').rows<{ id: string; batch_no: number | null }>('audit_entries', {
      object_id: `eq.${videoId}`,
      action: 'eq.video.created',
    });
  await expect.poll(async () => (await find())[0]?.batch_no ?? null).not.toBeNull();
  const [entry] = await find();
  await signIn(page, 'amelia', `/admin/audit-log/${entry?.id}`);
  await expect(page.getByText(/Covered by the checkpoint/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Check this entry here' }).click();
  await expect(page.getByText('This entry stands in the signed log exactly as it is shown.')).toBeVisible();
});
