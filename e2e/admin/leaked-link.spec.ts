import { randomUUID } from 'node:crypto';
import { expectAccessible } from '../fixtures/accessibility.ts';
import { type MadeLink, readyVideo, shareLink } from '../fixtures/made.ts';
import { confirmedLongAgo, signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';
import { watchLink } from '../fixtures/viewers.ts';

const title = `Leaked ${randomUUID().slice(0, 8)}`;
let leaked: MadeLink;
let others: MadeLink[];
test.beforeAll(async () => {
  const videoId = await readyVideo(title, 'ben');
  leaked = await shareLink(videoId, 'For the parents', 'ben');
  others = [await shareLink(videoId, 'For the squad', 'ben'), await shareLink(videoId, 'For the physio', 'ben')];
  await watchLink(leaked, [{ kind: 'play' }, { kind: 'heartbeat', watched: [[0, 4]] }]);
});

test('an admin finds a leaked link by its public id, sees who used it, revokes every link of its video and downloads the receipt', async ({
  page,
  expectRefusal,
}) => {
  test.setTimeout(120_000);
  await signIn(page, 'priya');
  const began = Date.now();

  await test.step('find it by what somebody was sent', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Pages, actions and records' }).fill(leaked.publicId);
    await expect(page.getByRole('option', { name: /For the parents/ })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'For the parents' })).toBeVisible();
  });

  await test.step('see who used it', async () => {
    const used = page.getByRole('region', { name: 'Who used this link' });
    await expect(used.getByText('Allowed').first()).toBeVisible();
    await expect(used.getByText('Firefox').first()).toBeVisible();
  });

  await test.step('see what every link of the video would mean', async () => {
    await page.getByRole('button', { name: 'Revoke all links of this video…' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('3 links to 1 video will stop working.')).toBeVisible();
    for (const label of ['For the parents', 'For the squad', 'For the physio']) {
      await expect(dialog.getByText(label)).toBeVisible();
    }
    await expectAccessible(page);
  });

  await test.step('revoke them, with a reason and a fresh confirmation', async () => {
    // The last confirmation of this admin, in whatever test, was more than a minute ago.
    await confirmedLongAgo('priya');
    expectRefusal({ url: /revoke_share_tokens/, status: 403 });
    await page.getByLabel('Reason').fill('The link stands in a public group');
    await page.getByRole('button', { name: 'Revoke 3 links' }).click();
    const stepUp = page.getByRole('dialog', { name: 'Confirm that it is you' });
    const done = page.getByRole('dialog', { name: '3 links are revoked' });
    await expect(stepUp.or(done)).toBeVisible();
    if (await stepUp.isVisible()) await stepUp.getByRole('button', { name: /^I am / }).click();
    await expect(done).toBeVisible();
  });

  await test.step('keep the receipt as a file', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download receipt (CSV)' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^revocation-[\w-]+\.csv$/);
    let csv = '';
    for await (const piece of await file.createReadStream()) csv += piece;
    for (const { publicId } of [leaked, ...others]) expect(csv).toContain(publicId);
    expect(csv).toContain('The link stands in a public group');
  });

  // For whoever reads the report: how long the machine's part of it takes. A person's part is in docs/explanation/usability-walk.md.
  test.info().annotations.push({ type: 'seconds', description: ((Date.now() - began) / 1000).toFixed(1) });
});
