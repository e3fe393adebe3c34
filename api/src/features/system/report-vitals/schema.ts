import { z } from 'zod';
import { spanEnds } from '../../../vitals/spans.ts';
import { measuredRoutes, type VitalName, vitalNames } from '../../../vitals/vital-names.ts';

const most = (name: VitalName): number => spanEnds[name].at(-1) ?? 0;

const vitalOf = <const Route extends string>(routes: readonly [Route, ...Route[]]) =>
  z
    .object({
      name: z.enum(vitalNames),
      value: z.number().min(0).describe('Milliseconds; of CLS a score.'),
      route: z.enum(routes).describe('The page, as a pattern.'),
    })
    .refine(({ name, value }) => value <= most(name), { path: ['value'], message: 'No page takes that long.' });

const release = z
  .string()
  .regex(/^[\w-]{8,40}$/, 'This must be the hash in the name of a script.')
  .describe('The build of the app, by the hash of its main script.');

const reportOf = <const App extends string, const Route extends string>(
  app: App,
  routes: readonly [Route, ...Route[]],
) => z.object({ app: z.literal(app), release, vitals: z.array(vitalOf(routes)).min(1).max(3) });

export const reportVitalsBody = z
  .discriminatedUnion('app', [reportOf('admin', measuredRoutes.admin), reportOf('viewer', measuredRoutes.viewer)])
  .describe('What a page measured of itself, and nothing of who looked at it.');
export type ReportVitalsBody = z.output<typeof reportVitalsBody>;
