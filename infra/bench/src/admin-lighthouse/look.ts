import lighthouse, { desktopConfig } from 'lighthouse';

/** The categories that are looked at, and the least score of each, in hundredths. */
export const goals = { performance: 85, accessibility: 100, 'best-practices': 95 } as const;
export type Category = keyof typeof goals;
export const categories = Object.keys(goals) as Category[];

/** What is printed of a page besides its scores: milliseconds, and of layout shift a score. */
const figures = {
  FCP: 'first-contentful-paint',
  LCP: 'largest-contentful-paint',
  TBT: 'total-blocking-time',
  SI: 'speed-index',
  CLS: 'cumulative-layout-shift',
} as const;
export type Figure = keyof typeof figures;
export const figureNames = Object.keys(figures) as Figure[];

type Result = NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr'];

export type Look = {
  /** In hundredths. */
  scores: Record<Category, number>;
  figures: Record<Figure, number>;
  /** Lighthouse's own measure of the processor during the look: some 1,500 and more on a quiet desk, less where others work as well. */
  machineIndex: number;
  /** What is wrong, in sentences: accessibility and best practices, and what shifted. */
  faults: string[];
};

/**
 * After this Lighthouse goes on with what is there. It waits for a network without a single request, which these pages never have: the stream of
 * changes (`GET /api/live`) stays open for as long as a page is looked at, and is what a person would load, so it is not blocked. Lighthouse's
 * own 45 seconds, fifteen times, looked like a program that hangs.
 */
const quietWithinMs = 15_000;
/** After this the look is given up, whatever Lighthouse waits for. */
const lookWithinMs = 120_000;

/** On a busy machine Lighthouse now and then has no trace of the page's beginning, and says itself to run it again. */
const TRIES = 3;

/**
 * Looks at a page from a tab of its own in the browser at this port.
 * @throws Error when the page cannot be looked at three times in a row, leads elsewhere, or is not done within two minutes
 */
export async function lookAt(url: string, port: number): Promise<Look> {
  let fault = 'no result';
  for (let tries = 0; tries < TRIES; tries += 1) {
    const lhr = await runOnce(url, port);
    if (lhr !== undefined && lhr.runtimeError === undefined) return lookOf(lhr, url);
    fault = lhr?.runtimeError?.message ?? fault;
  }
  throw new Error(`${url} could not be looked at: ${fault}`);
}

/**
 * Where Lighthouse goes on before the page is quiet, its question whether it is quiet yet may still be on the way when the tab is closed, and
 * nobody in Lighthouse waits for that answer any more. For `unhandledRejection`; everything else ends the bench as ever.
 */
export function letGoOfClosedTab(reason: unknown): void {
  const isOfClosedTab = reason instanceof Error && /Target closed|Session closed/.test(reason.message);
  if (!isOfClosedTab) throw reason;
}

async function runOnce(url: string, port: number): Promise<Result | undefined> {
  const settings = {
    port,
    onlyCategories: [...categories],
    disableStorageReset: true,
    maxWaitForLoad: quietWithinMs,
    logLevel: 'silent' as const,
  };
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${url} was not looked at within ${lookWithinMs / 1000} s`)),
      lookWithinMs,
    );
  });
  const run = await Promise.race([lighthouse(url, settings, desktopConfig), tooLong]).finally(() =>
    clearTimeout(timer),
  );
  return run?.lhr;
}

function lookOf(lhr: Result, url: string): Look {
  if (lhr.finalDisplayedUrl !== url) throw new Error(`${url} led to ${lhr.finalDisplayedUrl}`);
  const faults: string[] = [];
  for (const category of ['accessibility', 'best-practices'] as const) {
    for (const { id, weight } of lhr.categories[category]?.auditRefs ?? []) {
      const audit = lhr.audits[id];
      if (weight > 0 && audit?.score !== null && audit !== undefined && audit.score < 1) faults.push(audit.title);
    }
  }
  for (const { score, node } of shiftsOf(lhr.audits['layout-shifts']?.details)) {
    faults.push(`shifts by ${score.toFixed(3)}: ${node?.selector ?? 'the page'}`);
  }
  return {
    machineIndex: lhr.environment.benchmarkIndex,
    scores: recordOf(categories, (name) => Math.round((lhr.categories[name]?.score ?? 0) * 100)),
    figures: recordOf(figureNames, (name) => lhr.audits[figures[name]]?.numericValue ?? Number.NaN),
    faults,
  };
}

type Shift = { score: number; node?: { selector?: string } };

/** The parts that shifted, by how much, as far as it is worth a look. */
function shiftsOf(details: unknown): Shift[] {
  const { items = [] } = (details ?? {}) as { items?: Shift[] };
  return items.filter(({ score }) => score >= 0.01);
}

function recordOf<Name extends string>(names: readonly Name[], of: (name: Name) => number): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, number>;
}
