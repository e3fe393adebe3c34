import { join } from 'node:path';
import { PERSONAS } from '@mm/local';
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { readyVideo, shareLink } from '../fixtures/made.ts';
import { mailedCode } from '../fixtures/mail.ts';
import { staff } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

const playButton = (page: Page) => page.getByRole('button', { name: /^Play video/ });
const passphrase = 'Vom Startblock weg 7';

test.describe('a link that asks for something', () => {
  let videoId = '';
  test.beforeAll(async () => {
    videoId = await readyVideo('Start block, first stride', 'ben');
  });
  test.beforeEach(({ expectRefusal }) => expectRefusal({ url: /\/api\/share\//, status: 403 }));

  async function lookedAt(page: Page, name: string, output: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1440, 390, 320]) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 800 });
        await expectNoSidewaysScroll(page);
        await page.screenshot({ path: join(output, `${name}-${colorScheme}-${width}.png`) });
      }
      await expectAccessible(page);
    }
  }

  test('a passphrase: says at the field what is wrong, opens, and is asked once in a tab', async ({ page }, {
    outputDir,
  }) => {
    const { passphraseHash } = await staff('ben').request<{ passphraseHash: string }>(
      'POST',
      '/api/share-passphrases',
      {
        passphrase,
      },
    );
    const link = await shareLink(videoId, 'Passphrase', 'ben', { passphrase_hash: passphraseHash });
    await page.goto(link.url);
    const field = page.getByLabel('Passphrase', { exact: true });
    await expect(field).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toHaveText('Write the passphrase.');
    await field.fill('something else');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toHaveText(/^This is not the passphrase/);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toBeFocused();
    await lookedAt(page, 'passphrase', outputDir);
    await field.fill(passphrase);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(playButton(page)).toBeVisible();
    await page.reload();
    await expect(playButton(page)).toBeVisible();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('proof');
  });

  test('an address: a mailed code opens it, a wrong one does not', async ({ page }, { outputDir }) => {
    const address = `viewer-${Date.now()}@club.example`;
    const link = await shareLink(videoId, 'Code', 'ben', { recipients: [address] });
    await page.goto(link.url);
    const email = page.getByLabel('E-mail address');
    await expect(email).toBeFocused();
    await email.fill('nobody');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toHaveText(/^Write an e-mail address/);
    await lookedAt(page, 'address', outputDir);
    await email.fill(address);
    await page.getByRole('button', { name: 'Send the code' }).click();
    const code = page.getByLabel('Code of six digits');
    await expect(code).toBeFocused();
    await expect(page.getByRole('button', { name: /^Send another code in \d+ second/ })).toBeVisible();
    const right = await mailedCode(address);
    await code.fill(right === '000000' ? '000001' : '000000');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('alert')).toHaveText(/^This code doesn’t work/);
    await lookedAt(page, 'code', outputDir);
    // As a paste brings it: with a blank in the middle, and no press of the button.
    await code.evaluate(
      (input: HTMLInputElement, text) => {
        input.value = text;
        input.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste', bubbles: true }));
      },
      `${right.slice(0, 3)} ${right.slice(3)}`,
    );
    await expect(playButton(page)).toBeVisible();
  });

  test('an account: signing in leads back to the video, and the secret stays in the tab', async ({ page, stack }, {
    outputDir,
  }) => {
    const link = await shareLink(videoId, 'Account', 'ben', { sign_in_required: true });
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url(), request.headers().referer ?? ''));
    await page.goto(link.url);
    const button = page.getByRole('button', { name: 'Sign in', exact: true });
    await expect(button).toBeVisible();
    await lookedAt(page, 'sign-in', outputDir);
    await button.click();
    await page.waitForURL(`${stack.urls.identity}/**`);
    await page.getByRole('button', { name: PERSONAS.mia.name }).first().click();
    await expect(playButton(page)).toBeVisible();
    expect(page.url()).toBe(link.url);
    expect(addresses.filter((address) => address.replace(/#.*$/, '').includes(link.secret))).toEqual([]);
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(link.secret);
  });
});
