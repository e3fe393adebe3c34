import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, PERSONAS } from '@mm/local';
import { StaffClient, startStack } from '@mm/local/stack';
import lighthouse, { desktopConfig } from 'lighthouse';
import { chromium } from 'playwright-core';
import { ensureChromium } from '../../../ci/src/chromium.ts';
import { atLeast, type Bench, median, type Ratio } from '../bench.ts';

const ROUNDS = 3;

/** The categories that are looked at, and the least score of each, in hundredths. */
const goals = { performance: 85, accessibility: 100, 'best-practices': 95 } as const;
const categories = Object.keys(goals) as (keyof typeof goals)[];

/** Scores of one page, in hundredths. */
type Scores = Record<keyof typeof goals, number>;

async function scoresOf(url: string, port: number, say: (line: string) => void): Promise<Scores> {
  const settings = { port, onlyCategories: [...categories], disableStorageReset: true, logLevel: 'silent' as const };
  const run = await lighthouse(url, settings, desktopConfig);
  if (run === undefined || run.lhr.runtimeError !== undefined) {
    throw new Error(`${url} could not be looked at: ${run?.lhr.runtimeError?.message ?? 'no result'}`);
  }
  const { lhr } = run;
  if (lhr.finalDisplayedUrl !== url) throw new Error(`${url} led to ${lhr.finalDisplayedUrl}`);
  for (const category of ['accessibility', 'best-practices'] as const) {
    for (const { id, weight } of lhr.categories[category]?.auditRefs ?? []) {
      const audit = lhr.audits[id];
      if (weight > 0 && audit?.score !== null && audit !== undefined && audit.score < 1) say(`${url}: ${audit.title}`);
    }
  }
  const scores = categories.map((name) => [name, Math.round((lhr.categories[name]?.score ?? 0) * 100)]);
  return Object.fromEntries(scores) as Scores;
}

async function measure(say: (line: string) => void): Promise<Ratio[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mm-bench-lighthouse-'));
  const stack = await startStack({ dataDir: join(folder, 'data'), sample: true, onLine: () => undefined });
  const found = ensureChromium();
  const port = await findFreePort();
  // Lighthouse looks from a tab of its own in the same browser, and so is signed in.
  const browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: found.executable,
    env: { ...(process.env as Record<string, string>), ...found.env },
    args: ['--no-sandbox', `--remote-debugging-port=${port}`],
  });
  try {
    const admin = `${stack.urls.app}/admin`;
    const page = await browser.newPage();
    await page.goto(`${admin}/`);
    await page.getByRole('button', { name: 'Continue to sign in' }).click();
    await page.getByRole('button', { name: PERSONAS.priya.name }).first().click();
    await page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
    await page.close();

    const staff = new StaffClient(PERSONAS.priya, stack.urls);
    const [video] = await staff.rows<{ id: string }>('videos', { status: 'eq.ready', limit: '1' });
    const [link] = await staff.rows<{ id: string }>('share_tokens', { limit: '1' });
    const pages = ['/', '/videos', `/videos/${video?.id}`, '/share-links', `/share-links/${link?.id}`];
    const ratios: Ratio[] = [];
    for (const path of pages) {
      const seen: Scores[] = [];
      for (let round = 0; round < ROUNDS; round += 1) seen.push(await scoresOf(`${admin}${path}`, port, say));
      const name = path.replace(/[0-9a-f-]{36}/, ':id');
      for (const category of categories) {
        const score = median(seen.map((scores) => scores[category]));
        ratios.push(atLeast(`admin-lighthouse${name}/${category}`, score, goals[category]));
      }
    }
    return ratios;
  } finally {
    await browser.close();
    await stack.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What Lighthouse says of the admin as it is built and delivered: the dashboard, lists and details, for an admin at a desk. */
export const adminLighthouse: Bench = {
  name: 'admin-lighthouse',
  about: 'Lighthouse’s scores of the built admin: dashboard, lists and details, in hundredths, against their goals',
  run: measure,
};
