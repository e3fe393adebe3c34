import type { Caller } from '../database/become-caller.ts';

const coach: Caller = { subject: 'user_amelia_hart', role: 'mm_coach' };
const admin: Caller = { subject: 'user_priya_nair', role: 'mm_admin' };

/** A list as a screen shows it: newest first, 25 rows, all columns of a view. */
export type List = {
  view: 'api.share_tokens' | 'api.videos' | 'api.playback_decisions';
  time: string;
  caller: Caller;
  /** The same rows by hand, for whom row-level security does not hold. */
  where: string;
};

const views = [
  { view: 'api.share_tokens', time: 'created_at' },
  { view: 'api.videos', time: 'created_at' },
  { view: 'api.playback_decisions', time: 'decided_at' },
] as const;

export const lists: List[] = views.flatMap((view) => [
  {
    ...view,
    caller: coach,
    where: `coach_id = (select id from app.profiles where subject = '${coach.subject}')`,
  },
  { ...view, caller: admin, where: 'true' },
]);

export type Cursor = { at: string; id: string };

/** A page as PostgREST makes it: rows to JSON, and a keyset as its filters can say it (`lte` on the time, then `or`). */
export function page({ view, time }: List, where: string, after?: Cursor): string {
  const keyset =
    after === undefined
      ? 'true'
      : `${time} <= '${after.at}' and (${time} < '${after.at}' or (${time} = '${after.at}' and id < '${after.id}'))`;
  return `select coalesce(json_agg(l), '[]') from (
    select * from ${view} where ${where} and ${keyset} order by ${time} desc, id desc limit 25) l`;
}
