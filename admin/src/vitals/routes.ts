import { type MeasuredRoute, measuredRoutes } from '@mm/api/contract';

const patterns = measuredRoutes.admin.map(
  (route) => [new RegExp(`^/admin${route.replace(':id', '[^/]+')}/?$`), route] as const,
);

/** The page behind a path, as a pattern without ids; undefined for a path that is none of ours. */
export const routeOf = (path: string): MeasuredRoute | undefined =>
  patterns.find(([pattern]) => pattern.test(path === '/admin' ? '/admin/' : path))?.[1];

/** Which page was shown when: what was measured late belongs to the page of its moment. */
export class Visits {
  readonly #visits: { readonly at: number; readonly route: MeasuredRoute | undefined }[];

  constructor(path: string) {
    this.#visits = [{ at: 0, route: routeOf(path) }];
  }

  /** @param at milliseconds since the page began to load */
  add(at: number, path: string): void {
    this.#visits.push({ at, route: routeOf(path) });
  }

  routeAt(at: number): MeasuredRoute | undefined {
    return this.#visits.findLast((visit) => visit.at <= at)?.route;
  }
}
