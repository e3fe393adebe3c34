import type { MeasuredApp } from './vital-names.ts';

/** How many releases of an app this process tells apart: today's, those that are still open somewhere, and no list that a stranger could fill. */
const most = 6;
export const otherReleases = 'other';

/** The releases whose reports are counted by their own names. */
export class KnownReleases {
  readonly #known: Record<MeasuredApp, Set<string>> = { admin: new Set(), viewer: new Set() };

  /** The release that this process serves has its place. */
  expect(app: MeasuredApp, release: string): void {
    this.#known[app].add(release);
  }

  nameOf(app: MeasuredApp, release: string): string {
    const known = this.#known[app];
    if (known.size < most) {
      known.add(release);
    }
    return known.has(release) ? release : otherReleases;
  }
}

/** The release that a page is of: the hash that its main script carries in its name. */
export const releaseIn = (page: string): string | undefined => /\/index-([\w-]{8,40})\.js"/.exec(page)?.[1];
