import type { Scenario } from '../scenario.ts';

const change = (table: string, days: string, reason = `'Ruling of the regulator'`) =>
  `select * from api.change_retention('${table}', ${days}, ${reason})`;

const refused = (rule: string, statement: string, answer = '422 request.invalid'): Scenario => ({
  rule,
  as: 'mm_compliance',
  statement: () => statement,
  answer,
});

/** A block that runs as compliance staff whose profile was suspended after the request was checked. */
const suspended = (work: string) => `do $do$ begin
  set local session_replication_role = 'replica';
  update app.profiles set suspended_at = now() where subject = 'user_helen_castellano';
  set local session_replication_role = 'origin';
  perform set_config('request.jwt.claims', '{"sub": "user_helen_castellano"}', true);
  set local role mm_compliance;
  ${work};
end $do$`;

const recorded = (work: string, action: string) => `do $do$ begin
  ${work};
  if (select count(*) from audit.entries where object_type = 'retention_policy' and action = 'retention_policy.${action}') <> 1 then
    raise exception 'There is not one entry.';
  end if;
end $do$`;

/** For how long things are kept, and who may say so. */
export const retentionScenarios: Scenario[] = [
  refused('only a table with a policy is previewed', `select * from api.preview_retention('videos', 30)`),
  refused('a preview is about at least one day', `select * from api.preview_retention('webhook_events', 0)`),
  refused('only a table with a policy is changed', change('videos', '30')),
  refused('rows are kept for at least one day', change('webhook_events', '0')),
  refused('rows are kept for at most ten years', change('webhook_events', '3651')),
  refused('a change of retention says why', change('webhook_events', '30', `' x '`)),
  ...[
    ['previews no retention', `perform * from api.preview_retention('webhook_events', 30)`],
    ['changes no retention', change('webhook_events', '30').replace('select', 'perform')],
  ].map(
    ([rule, work]): Scenario => ({
      rule: `somebody suspended ${rule}, even where the check of the request was forgotten`,
      as: 'superuser',
      statement: () => suspended(work ?? ''),
      answer: '403 auth.forbidden',
    }),
  ),
  ...['id', 'default_days'].map(
    (column): Scenario => ({
      rule: `nobody changes ${column} of app.retention_policies by an update`,
      as: 'superuser',
      statement: (key) =>
        `update app.retention_policies set ${column} = ${column === 'id' ? `'videos'` : '1'}
         where id = ${key('app.retention_policies', 'nobody')}`,
      answer: '409 data.immutable',
    }),
  ),
  ...[
    ['new', `insert into app.retention_policies (id, keep_days, default_days) values ('videos', 1, 1)`, 'created'],
    ['changed', `update app.retention_policies set keep_days = 91 where id = 'webhook_events'`, 'updated'],
    ['deleted', `delete from app.retention_policies where id = 'webhook_events'`, 'deleted'],
  ].map(
    ([what, work, action]): Scenario => ({
      rule: `every ${what} retention policy is an entry of the audit log`,
      as: 'superuser',
      statement: () => recorded(work ?? '', action ?? ''),
      answer: 'done',
    }),
  ),
];
