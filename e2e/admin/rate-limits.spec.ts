import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { rows } from '../fixtures/database.ts';
import { signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

/** An address over a limit, as the api reports it. */
async function anOffender(): Promise<string> {
  const [made] = await rows<{ address: string }>(
    `insert into app.rate_limit_hits (hour, rule, mode, address_hash, hits, first_at, last_at)
     select date_trunc('hour', now(), 'UTC'), 'playback', 'enforce', sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 41, now(), now()
     returning encode(address_hash, 'hex') as address`,
    [],
  );
  if (!made) throw new Error('No offender was made.');
  return made.address;
}

test('an operator sees the limits, blocks who is over them most, and lets them in again, all on record', async ({
  page,
  stack,
}) => {
  const address = await anOffender();
  const short = address.slice(0, 12);
  await signIn(page, 'tomas');
  await page.goto(`${stack.urls.admin}rate-limits`);
  await expect(page.getByRole('heading', { level: 1, name: 'Rate limits and abuse' })).toBeVisible();

  const limits = page.getByRole('region', { name: 'Limits', exact: true });
  const playback = limits.getByRole('row').filter({ has: page.getByText('playback', { exact: true }) });
  await expect(playback).toContainText('100 in a minute');
  await expect(playback).toContainText('POST /api/share/:publicId');
  await expect(page.getByText('Counted in the process of the API')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Signs of abuse' })).toContainText('guessing');

  await page.getByRole('button', { name: `Block ${short}…` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(short);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(dialog.getByText('Give a reason of at least 3 characters.')).toBeVisible();
  await dialog.getByLabel('Reason').fill('It asks for everything');
  await dialog.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(dialog).toBeHidden();

  const blocks = page.getByRole('region', { name: 'Blocked addresses' });
  await expect(blocks).toContainText('It asks for everything');
  await page.getByRole('button', { name: `Lift the block of ${short}…` }).click();
  await dialog.getByLabel('Reason').fill('It was a school');
  await dialog.getByRole('button', { name: 'Lift the block' }).click();
  await expect(blocks).toContainText('It was a school');

  const recorded = await rows<{ action: string; reason: string }>(
    `select e.action, e.reason from audit.entries e join app.address_blocks b on b.id::text = e.object_id
     where encode(b.address_hash, 'hex') = $1 order by e.id`,
    [address],
  );
  expect(recorded).toEqual([
    { action: 'address_block.placed', reason: 'It asks for everything' },
    { action: 'address_block.lifted', reason: 'It was a school' },
  ]);
});

test('an address is typed, hashed by the api, and refused where it is none', async ({ page, stack, expectRefusal }) => {
  expectRefusal({ url: /\/api\/address-blocks$/, status: 422 });
  await signIn(page, 'priya');
  await page.goto(`${stack.urls.admin}rate-limits`);
  await page.getByRole('button', { name: 'Block an address…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('IP address').fill('nonsense');
  await dialog.getByLabel('Reason').fill('Seen at the edge');
  await dialog.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(dialog.getByText('Write an IP address', { exact: false })).toBeVisible();
  await dialog.getByLabel('IP address').fill('203.0.113.200');
  await dialog.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('region', { name: 'Blocked addresses' })).toContainText('Seen at the edge');
  const [blocked] = await rows<{ plain: boolean }>(
    `select bool_or(b::text like '%203.0.113.200%') as plain from app.address_blocks b`,
    [],
  );
  expect(blocked).toEqual({ plain: false });
});

test('an operator changes from how many on something is an alert, and writes while its dialog still opens', async ({
  page,
  stack,
}) => {
  await signIn(page, 'tomas');
  await page.goto(`${stack.urls.admin}rate-limits`);
  // The animation stands still while somebody writes: the dialog leads the keyboard into its first field when it has opened.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Animation.enable');
  await devtools.send('Animation.setPlaybackRate', { playbackRate: 0 });
  await page.getByRole('button', { name: 'Change spread…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Alert from how many').fill('75');
  await dialog.getByLabel('Reason').fill('Teams');
  expect(await dialog.evaluate((shown) => shown.getAnimations().length), 'it still opens').toBeGreaterThan(0);
  await devtools.send('Animation.setPlaybackRate', { playbackRate: 1 });
  await expect.poll(() => dialog.evaluate((shown) => shown.getAnimations().length), 'it still opens').toBe(0);
  await page.keyboard.type(' of seventy');
  await expect(dialog.getByLabel('Reason')).toHaveValue('Teams of seventy');
  await dialog.getByRole('button', { name: 'Change', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('region', { name: 'Signs of abuse' })).toContainText('75 in an hour');
});

for (const [name, width, scheme] of [
  ['a wide screen', 1440, 'light'],
  ['a phone', 390, 'dark'],
] as const) {
  test(`the page is accessible and whole on ${name}`, async ({ page, stack }) => {
    await anOffender();
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await signIn(page, 'tomas');
    await page.goto(`${stack.urls.admin}rate-limits`);
    await expect(page.getByRole('region', { name: 'Limits', exact: true })).toContainText('uploads');
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/limits-${width}.png`, fullPage: true });
  });
}
