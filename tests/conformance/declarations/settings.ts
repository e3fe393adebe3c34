import { object } from '../declare.ts';
import type { Scenario } from '../scenario.ts';

const everybodysOwn = { coach: 'own', admin: 'own', compliance: 'own', operator: 'own', auditor: 'own' } as const;

/** How the back office shows itself to people, and the views that they saved: tables. */
export const settingTables = [
  object('app.preferences', {
    columns: { shown: 'id profile_id time_zone language density updated_at' },
    select: { shown: everybodysOwn },
  }),
  object('app.saved_views', {
    columns: { shown: 'id profile_id list name query created_at updated_at' },
    select: { shown: everybodysOwn },
  }),
];

/** And the views of them. */
export const settingViews = [
  object('api.my_preferences', {
    rowsOf: 'app.preferences',
    columns: { shown: 'id time_zone language density updated_at' },
    select: { shown: everybodysOwn },
  }),
  object('api.my_saved_views', {
    rowsOf: 'app.saved_views',
    columns: { shown: 'id list name query created_at updated_at' },
    select: { shown: everybodysOwn },
  }),
];

const stranger = `set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || '{"sub": "user_stranger"}')::text, true)`;

const byCoach = (rule: string, answer: string, ...calls: string[]): Scenario => ({
  rule,
  as: 'mm_coach',
  answer,
  statement: () => `do $$ begin ${calls.map((call) => `perform ${call};`).join(' ')} end $$`,
});

const invalid = '422 request.invalid';
const prefer = (zone: string, language = 'null', density = `'compact'`) =>
  `api.set_preferences(${zone}, ${language}, ${density})`;
const save = (list = `'videos'`, name = `'Mine'`, query = `'q=squat'`) => `api.save_view(${list}, ${name}, ${query})`;
const ben = `(select id from app.profiles where subject = 'user_ben_okafor')`;

const acts: Scenario[] = [
  byCoach('a person chooses and chooses again', 'done', prefer(`'Australia/Perth'`, `'de'`), prefer('null')),
  byCoach('a time zone is one that exists', invalid, prefer(`'Australia/Atlantis'`)),
  byCoach('an offset is no time zone', invalid, prefer(`'+10:00'`)),
  byCoach('the rules of a zone are no time zone', invalid, prefer(`'EST5EDT,M3.2.0,M11.1.0'`)),
  byCoach('a language is one that there is', invalid, prefer('null', `'fr'`)),
  byCoach('a density is one of two', invalid, prefer('null', 'null', 'null')),
  byCoach('a stranger prefers nothing', '403 auth.forbidden', stranger, prefer('null')),
  byCoach('a view of the same name is replaced', 'done', save(), save(`'videos'`, `' Mine '`, `'q=press'`)),
  byCoach('a view is of a list', invalid, save(`'Share tokens'`)),
  byCoach('a view has a name', invalid, save(`'videos'`, `'  '`)),
  byCoach('the query of a view has an end', invalid, save(`'videos'`, `'Mine'`, `repeat('x', 2001)`)),
  byCoach('a stranger saves no view', '403 auth.forbidden', stranger, save()),
  byCoach(
    'a person saves 100 views',
    '409 view.limit',
    `api.save_view('videos', 'View ' || n, '') from generate_series(1, 101) n`,
  ),
  byCoach(
    'a view that is deleted exists',
    '404 view.not_found',
    `api.delete_view('01900000-0000-7000-8000-000000000000')`,
  ),
  byCoach('a search has two characters', invalid, `api.search('x')`),
];

const kept: Record<string, Record<string, string>> = {
  'app.preferences': { id: 'uuidv7()', profile_id: ben },
  'app.saved_views': { id: 'uuidv7()', profile_id: ben, list: `'videos'`, created_at: `now() - interval '1 year'` },
};

const guards: Scenario[] = [
  ...Object.entries(kept).flatMap(([table, columns]) =>
    Object.entries(columns).map(
      ([column, value]): Scenario => ({
        rule: `nobody changes ${column} of ${table} by an update`,
        as: 'superuser',
        statement: (key) => `update ${table} set ${column} = ${value} where id = ${key(table)}`,
        answer: '409 data.immutable',
      }),
    ),
  ),
  ...Object.entries({ 'app.preferences': `density = 'comfortable'`, 'app.saved_views': `query = ''` }).map(
    ([table, change]): Scenario => ({
      rule: `every change of ${table} says when`,
      as: 'superuser',
      statement: (key) => `do $$ begin
        update ${table} set ${change}, updated_at = '2020-01-01Z' where id = ${key(table)};
        if (select updated_at from ${table} where id = ${key(table)}) <> now() then
          raise exception 'It was not so afterwards.';
        end if;
      end $$`,
      answer: 'done',
    }),
  ),
];

export const settingScenarios: Scenario[] = [...acts, ...guards];
