import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, PERSONAS } from '@mm/local';
import { StaffClient, startStack } from '@mm/local/stack';
import { chromium } from 'playwright-core';
import { ensureChromium } from '../../../ci/src/chromium.ts';
import { atLeast, type Bench, median, type Ratio } from '../bench.ts';
import { categories, figureNames, goals, type Look, letGoOfClosedTab, lookAt } from './look.ts';

const ROUNDS = 3;

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
  process.on('unhandledRejection', letGoOfClosedTab);
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
      const name = path.replace(/[0-9a-f-]{36}/, ':id');
      const looks: Look[] = [];
      for (let round = 0; round < ROUNDS; round += 1) looks.push(await lookAt(`${admin}${path}`, port));
      tell(name, looks, say);
      for (const category of categories) {
        const score = median(looks.map(({ scores }) => scores[category]));
        ratios.push(atLeast(`admin-lighthouse${name}/${category}`, score, goals[category]));
      }
    }
    return ratios;
  } finally {
    process.off('unhandledRejection', letGoOfClosedTab);
    await browser.close();
    await stack.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What was measured of a page, as it is measured, and each thing that was found once. */
function tell(name: string, looks: readonly Look[], say: (line: string) => void): void {
  const of = (value: (look: Look) => number) => median(looks.map(value));
  const scores = categories.map((category) => `${category} ${looks.map((look) => look.scores[category]).join(' ')}`);
  const figures = figureNames.map((figure) => {
    const value = of((look) => look.figures[figure]);
    return figure === 'CLS' ? `${figure} ${value.toFixed(3)}` : `${figure} ${Math.round(value)} ms`;
  });
  say(`${name.padEnd(18)} ${scores.join(', ')}`);
  say(`${' '.repeat(18)} ${figures.join(', ')}; the machine’s index ${Math.round(of((look) => look.machineIndex))}`);
  for (const fault of new Set(looks.flatMap(({ faults }) => faults))) say(`${' '.repeat(18)} ${fault}`);
}

/** What Lighthouse says of the admin as it is built and delivered: the dashboard, lists and details, for an admin at a desk. */
export const adminLighthouse: Bench = {
  name: 'admin-lighthouse',
  about: 'Lighthouse’s scores of the built admin: dashboard, lists and details, in hundredths, against their goals',
  run: measure,
};
