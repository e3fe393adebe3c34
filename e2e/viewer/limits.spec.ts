import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { shareLinkRequests } from '../fixtures/global-setup.ts';
import { type MadeLink, readyVideo, shareLink } from '../fixtures/made.ts';
import { stackInfo } from '../fixtures/stack-info.ts';
import { expect, test } from '../fixtures/test.ts';

interface Answer {
  readonly status: number;
  readonly retryAfterSeconds: number;
  /** When it was asked for and when it came, in milliseconds since the epoch. */
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** What the page is answered about the link from now on. */
function answersAbout({ publicId }: MadeLink, page: Page): Answer[] {
  const answers: Answer[] = [];
  page.on('response', (response) => {
    if (!response.url().endsWith(`/api/share/${publicId}`)) return;
    answers.push({
      status: response.status(),
      retryAfterSeconds: Number(response.headers()['retry-after'] ?? Number.NaN),
      askedAt: response.request().timing().startTime,
      answeredAt: Date.now(),
    });
  });
  return answers;
}

/** Asks for the link as often as its window allows, as a crowd would. */
async function useUp({ publicId, secret }: MadeLink): Promise<void> {
  const asked = Array.from({ length: shareLinkRequests }, () =>
    fetch(`${stackInfo().urls.app}/api/share/${publicId}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ secret }),
    }),
  );
  for (const answer of await Promise.all(asked)) expect([200, 429]).toContain(answer.status);
}

let videoId = '';
test.beforeAll(async () => {
  videoId = await readyVideo('Crowded lane');
});

test('a link that is asked for too often says so calmly and aloud, with when it tries again, and then opens by itself (VW-03)', async ({
  page,
  expectRefusal,
}, { outputDir }) => {
  expectRefusal({ url: /\/api\/share\//, status: 429 });
  // The window has to pass, and perhaps twice.
  test.setTimeout(180_000);
  const link = await shareLink(videoId, 'Much asked for');
  const answers = answersAbout(link, page);
  const heading = page.getByRole('heading', { name: 'Too many tries just now' });
  // On a busy machine the window may be over before the page has asked; then the crowd comes again.
  await expect(async () => {
    await useUp(link);
    answers.length = 0;
    await page.goto('about:blank');
    await page.goto(link.url);
    await expect(heading).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  const [refused] = answers;
  expect(refused?.status).toBe(429);
  expect(refused?.retryAfterSeconds).toBeGreaterThanOrEqual(1);

  await expect(page.getByText('Please wait a little. This page then tries again by itself.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeHidden();
  const status = page.getByRole('status');
  await expect(status).toHaveText(/^Too many tries just now\. .* Trying again in \d+ seconds?\.$/);
  // Who listens is told once: the seconds count down in silence.
  const told = await status.textContent();
  const countdown = page.locator('#countdown');
  const shown = await countdown.textContent();
  await expect(countdown).not.toHaveText(shown ?? '');
  expect(await status.textContent()).toBe(told);
  await expect(countdown).toHaveAttribute('aria-hidden', 'true');
  await expectAccessible(page);
  for (const [width, colorScheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await expectNoSidewaysScroll(page);
    await page.screenshot({ path: join(outputDir, `too-many-${colorScheme}-${width}.png`) });
  }

  await expect(page.getByRole('button', { name: /^Play video/ })).toBeVisible({ timeout: 60_000 });
  await expect(status).toHaveText('Crowded lane is ready to play.');
  expect(answers.map((answer) => answer.status)).toEqual([429, 200]);
  const waited = (answers[1]?.askedAt ?? 0) - (refused?.answeredAt ?? 0);
  expect(waited).toBeGreaterThanOrEqual(1_000 * (refused?.retryAfterSeconds ?? Number.NaN));
});
