import { expectAccessible } from '../fixtures/accessibility.ts';
import { rewrite, rows } from '../fixtures/database.ts';
import { type MadeLink, readyVideo, shareLink } from '../fixtures/made.ts';
import { confirmedLongAgo, signIn, staff } from '../fixtures/people.ts';
import { stackInfo } from '../fixtures/stack-info.ts';
import { expect, test } from '../fixtures/test.ts';
import { signedUrl } from '../fixtures/urls.ts';

let videoId = '';
const title = 'Links, whole';
test.beforeAll(async () => {
  videoId = await readyVideo(title, 'ben');
});

/** What the product answers to the holder of a link: the code of a refusal, or `play`. */
async function opened(link: string): Promise<string> {
  const [, publicId = '', secret = ''] = /\/s\/(\w+)#(.+)$/.exec(link) ?? [];
  const answer = await fetch(`${stackInfo().urls.app}/api/share/${publicId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret }),
  });
  const body = (await answer.json()) as { code?: string };
  return answer.ok ? 'play' : (body.code ?? String(answer.status));
}

test('a link is made with options; what is wrong is said at its field, and the viewer’s needs are told', async ({
  page,
  expectRefusal,
}) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await signIn(page, 'ben', `/admin/videos/${videoId}`);
  await page.getByRole('button', { name: 'Create share link' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Label (optional)').fill('For Ann');
  await dialog.getByText('More options').click();
  await dialog.getByLabel('Only for these people').fill('ann@club.example, nobody');
  await dialog.getByLabel('View limit').fill('2');
  await dialog.getByLabel('Sites that may show it').fill('https://club.example');
  await dialog.getByLabel('Passphrase').fill('short');
  await dialog.getByLabel('Note').fill('Asked for by phone');
  expectRefusal({ url: /share-passphrases|create_share_token/, status: 422 });
  await dialog.getByRole('button', { name: 'Create link' }).click();
  await expect(dialog.getByText('A passphrase has at least 8 characters.')).toBeVisible();
  await dialog.getByLabel('Passphrase').fill('blue serve toss');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  await expect(dialog.getByText('Write each recipient as an e-mail address', { exact: false })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel('Only for these people').fill('ann@club.example');
  await dialog.getByRole('button', { name: 'Create link' }).click();

  const link = await page.getByRole('textbox', { name: 'Share link' }).inputValue();
  await expect(dialog.getByText('The address ann@club.example', { exact: false })).toBeVisible();
  await expect(dialog.getByText('The passphrase. Send it by another way', { exact: false })).toBeVisible();
  await dialog.getByText('Code to embed the video').click();
  await expect(dialog.getByLabel('Code to embed')).toHaveValue(/^<iframe src="[^"]+\?embed=1#/);
  expect(await opened(link)).toBe('share.recipient_needed');
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('link', { name: 'For Ann', exact: true }).click();
  const settings = page.getByRole('region', { name: 'Settings' });
  for (const told of ['0 of 2 used', 'ann@club.example', 'https://club.example', 'Asked for by phone']) {
    await expect(settings.getByText(told)).toBeVisible();
  }
});

test('a link is edited past a conflict, extended, given a new secret, revoked by keyboard and restored as a new one', async ({
  page,
  stack,
  expectRefusal,
}) => {
  test.setTimeout(180_000);
  const made = await shareLink(videoId, 'A life', 'ben');
  await rewrite(`update app.share_tokens set expires_at = created_at + interval '2 days' where id = $1`, [made.id]);
  await signIn(page, 'ben', `/admin/share-links/${made.id}`);
  const dialog = page.getByRole('dialog');

  await test.step('somebody else is faster: both versions are shown, and mine is kept by saving again', async () => {
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await dialog.getByLabel('Label (optional)').fill('Mine');
    await dialog.getByLabel('Note').fill('A note of mine');
    await staff('ben').rpc('update_share_token', { id: made.id, version: 1, label: 'Theirs', max_views: 9 });
    expectRefusal({ url: /update_share_token/, status: 409 });
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    const versions = dialog.getByRole('table');
    await expect(versions.getByRole('row', { name: 'Label' })).toContainText('Theirs');
    await expect(versions.getByRole('row', { name: 'Label' })).toContainText('Mine');
    await expectAccessible(page);
    await dialog.getByLabel('View limit').fill('9');
    await dialog.getByRole('button', { name: 'Save mine' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Mine' })).toBeVisible();
    const kept = await rows('select label, note, max_views from app.share_tokens where id = $1', [made.id]);
    expect(kept).toEqual([{ label: 'Mine', note: 'A note of mine', max_views: 9 }]);
  });

  await test.step('it is extended to its longest life', async () => {
    await page.getByRole('button', { name: 'Extend' }).click();
    await dialog.getByRole('button', { name: 'Extend link' }).click();
    await expect(page.getByRole('button', { name: 'Extend' })).toHaveCount(0);
    const [life] = await rows<{ days: number }>(
      `select extract(epoch from expires_at - created_at)::int / 86400 as days from app.share_tokens where id = $1`,
      [made.id],
    );
    expect(life?.days).toBe(7);
  });

  let second = '';
  await test.step('a new secret: the old link is dead, the new one plays', async () => {
    expect(await opened(made.url)).toBe('play');
    await page.getByRole('button', { name: 'New secret' }).click();
    await dialog.getByLabel('Reason').fill('It was forwarded');
    await dialog.getByRole('button', { name: 'Make a new link' }).click();
    second = await page.getByRole('textbox', { name: 'Share link' }).inputValue();
    expect(await opened(made.url)).toBe('share.unavailable');
    expect(await opened(second)).toBe('play');
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
  });

  await test.step('it is revoked without a mouse', async () => {
    await page.getByRole('button', { name: 'Revoke', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(dialog.getByLabel('Reason')).toBeFocused();
    await page.keyboard.type('Left the club');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const receipt = page.getByRole('dialog', { name: 'The link is revoked' });
    await expect(receipt.getByText('Playback ends at the latest by')).toBeVisible();
    await expect(receipt.getByRole('button', { name: 'Close' }).last()).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    expect(await opened(second)).toBe('share.unavailable');
  });

  await test.step('restored, it is another link; what was taken back stays dead', async () => {
    await page.getByRole('button', { name: 'Restore…' }).click();
    await dialog.getByLabel('Reason').fill('Came back to the club');
    await dialog.getByRole('button', { name: 'Make a new link' }).click();
    const third = await page.getByRole('textbox', { name: 'Share link' }).inputValue();
    expect([await opened(second), await opened(third)]).toEqual(['share.unavailable', 'play']);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
  });

  await test.step('why it could be watched is told in words', async () => {
    await page.getByRole('link', { name: 'Why could it be watched?' }).click();
    await expect(page).toHaveURL(new RegExp(`${stack.urls.admin}why\\?video=${videoId}&link=${made.id}`));
    const told = page.getByRole('region', { name: 'Mine' });
    await expect(told).toContainText('when it was revoked: “Left the club”');
    await expect(told).toContainText('The link has been revoked.');
    await told.getByText('What had been done to it until then', { exact: false }).click();
    await expect(told).toContainText('Renewed a share link’s secret');
    await expectAccessible(page);
  });
});

test('links are revoked together, the second time after confirming anew, with a receipt that stays', async ({
  page,
  expectRefusal,
}) => {
  test.setTimeout(180_000);
  const label = `Together ${test.info().testId}`;
  const made: MadeLink[] = [];
  for (const part of ['one', 'two', 'three']) made.push(await shareLink(videoId, `${label} ${part}`, 'ben'));
  await signIn(page, 'ben', `/admin/share-links?q=${encodeURIComponent(label)}`);
  const dialog = page.getByRole('dialog');
  const revoked = async () =>
    (
      await rows<{ n: number }>(
        'select count(*)::int as n from app.share_tokens where revoked_at is not null and id = any ($1)',
        [made.map(({ id }) => id)],
      )
    )[0]?.n;

  await page.getByRole('checkbox', { name: `Select ${label} one` }).check();
  await page.getByRole('button', { name: 'Revoke selected…' }).click();
  await expect(dialog.getByText('1 link to 1 video will stop working.')).toBeVisible();
  await dialog.getByLabel('Reason').fill('The season is over');
  await dialog.getByRole('button', { name: 'Revoke 1 link' }).click();
  await expect(page.getByRole('dialog', { name: 'The link is revoked' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  expect(await revoked()).toBe(1);

  await page.getByRole('button', { name: 'Revoke all that match…' }).click();
  await expect(dialog.getByText('2 links to 1 video will stop working.')).toBeVisible();
  await dialog.getByLabel('Reason').fill('All of the trial week');
  expectRefusal({ url: /revoke_share_tokens/, status: 403 });
  await dialog.getByRole('button', { name: 'Revoke 2 links' }).click();
  const stepUp = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await expect(stepUp).toBeVisible();
  await expectAccessible(page);
  expect(await revoked(), 'nothing before it is confirmed').toBe(1);
  await confirmedLongAgo('ben');
  await stepUp.getByRole('button', { name: /^I am / }).click();
  await expect(page.getByRole('dialog', { name: '2 links are revoked' })).toBeVisible();
  expect(await revoked()).toBe(3);
  for (const link of made) expect(await opened(link.url)).toBe('share.unavailable');

  await dialog.getByRole('link', { name: 'Open the receipt' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '2 links revoked' })).toBeVisible();
  const lines = page.getByRole('region', { name: 'Links' });
  await expect(lines.getByRole('link', { name: `${label} two` })).toBeVisible();
  await expect(lines.getByRole('link', { name: `${label} three` })).toBeVisible();
  await expectAccessible(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download receipt (CSV)' }).click();
  const file = await (await download).createReadStream();
  let csv = '';
  for await (const piece of file) csv += piece;
  expect(csv.trim().split('\r\n')).toHaveLength(3);
  expect(csv).toContain('All of the trial week');
});

test('a video is cut off now: what was out is refused at the stream, its links are revoked, and the page shows how it went', async ({
  page,
  stack,
}) => {
  test.setTimeout(180_000);
  const cutVideo = await readyVideo('Cut off', 'ben');
  const link = await shareLink(cutVideo, 'To be cut', 'ben');
  const answer = await fetch(`${stackInfo().urls.app}/api/share/${link.publicId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret: link.secret }),
  });
  // As long a token as there may be: by itself it does not die before the test is over.
  const out = signedUrl(stack, ((await answer.json()) as { playbackUrl: string }).playbackUrl, { exp: 900 });
  expect((await fetch(out)).status).toBe(200);

  await signIn(page, 'priya', `/admin/videos/${cutVideo}`);
  await page.getByRole('button', { name: 'Cut off now…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Also revoke its live link').check();
  await dialog.getByLabel('Reason').fill('The wrong athlete is in the picture');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Cut off now' }).click();
  const progress = page.getByRole('region', { name: 'Cut off' });
  await expect(progress.getByText(/^Cut off after [\d.]+ s$/)).toBeVisible({ timeout: 30_000 });
  expect((await fetch(out)).ok, 'the address that was out').toBe(false);
  expect(await opened(link.url)).toBe('share.unavailable');
  await progress.getByRole('link', { name: 'Open the receipt' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '1 link revoked' })).toBeVisible();
});
