import type { PersonaKey } from '@mm/local';
import { expectAccessible, expectFitEverywhere, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { readyVideo, shareLink } from '../fixtures/made.ts';
import { signIn } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

type Visited = { persona: PersonaKey; places: { path: string; heading: string }[] };

const videos = { path: 'videos', heading: 'Videos' };
const links = { path: 'share-links', heading: 'Share links' };
const revocations = { path: 'revocations', heading: 'Revocations' };
const why = { path: 'why', heading: 'Why could it be watched?' };
const decisions = { path: 'playback-decisions', heading: 'Playback decisions' };
const audit = { path: 'audit-log', heading: 'Audit log' };
const visits: Visited[] = [
  { persona: 'amelia', places: [videos, links, revocations, why, { path: 'audit-log', heading: 'Activity' }] },
  { persona: 'priya', places: [videos, links, revocations, why, decisions, audit] },
  { persona: 'helen', places: [audit] },
  {
    persona: 'tomas',
    places: [
      { path: 'webhook-events', heading: 'Webhook events' },
      { path: 'uploads', heading: 'Uploads' },
      { path: 'jobs', heading: 'Jobs' },
      { path: 'reconciliation', heading: 'Reconciliation' },
      { path: 'revocation-bound', heading: 'Revocation bound' },
    ],
  },
  { persona: 'grace', places: [audit] },
];

let videoId = '';
let linkId = '';
test.beforeAll(async () => {
  // As a camera names its files: a word that is longer than a phone is wide.
  videoId = await readyVideo('Streamline off the wall GOPR0042_20261121T190000_take_two_final');
  linkId = (await shareLink(videoId, 'For the pages')).id;
});

for (const { persona, places } of visits) {
  test(`every page of ${persona} is accessible and fits, at 1440 and 390 px, in light and dark`, async ({
    page,
    stack,
  }) => {
    const shown = [...places];
    if (persona === 'amelia' || persona === 'priya') {
      shown.push({ path: `videos/${videoId}`, heading: 'Streamline off the wall' });
      shown.push({ path: `share-links/${linkId}`, heading: 'For the pages' });
    }
    // What a busy machine needs to open a page and look at it four times grows with their number.
    test.setTimeout(30_000 * (shown.length + 1));
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await signIn(page, persona);
    for (const { path, heading } of shown) {
      await test.step(path, async () => {
        await page.goto(`${stack.urls.admin}${path}`);
        await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
        await expectFitEverywhere(page);
      });
    }
  });
}

test('the sign-in page and the issuer’s are accessible and fit', async ({ page, stack }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(stack.urls.admin);
    const button = page.getByRole('button', { name: 'Continue to sign in' });
    await expect(button).toBeVisible();
    await expectAccessible(page);
    await button.click();
    await expect(page.getByRole('heading', { name: 'Sign in to the back office' })).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }
});

test('what is not for a role is not in its navigation, and its address says so', async ({ page, stack }) => {
  await signIn(page, 'tomas');
  const navigation = page.getByRole('navigation', { name: 'Main navigation' });
  await expect(navigation.getByRole('link', { name: 'Webhook events' })).toBeVisible();
  await expect(navigation.getByRole('link', { name: 'Videos' })).toHaveCount(0);
  await page.goto(`${stack.urls.admin}videos`);
  await expect(page.getByText('Not for your role')).toBeVisible();
});

test('what is wrong with a page is found: in one scheme only, and at one width only', async ({ page }) => {
  const pale = '<style>p { color: #222 } @media (prefers-color-scheme: dark) { p { color: #eee } }</style>';
  await page.setContent(
    `<html lang="en-AU"><title>A</title>${pale}<main><p>Hard to read in the dark</p></main></html>`,
  );
  await expect(expectFitEverywhere(page)).rejects.toThrow('color-contrast: p');
  const wide = '<div style="width: 600px">Wider than a phone</div>';
  await page.setContent(`<html lang="en-AU"><title>A</title><main>${wide}</main></html>`);
  await expect(expectFitEverywhere(page)).rejects.toThrow('pixels wider than the window');
});
