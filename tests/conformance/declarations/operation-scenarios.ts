import type { Key, Scenario } from '../scenario.ts';

const nowhere = `'01900000-0000-7000-8000-000000000000'`;
const flagName = `'MUX_WEBHOOK_DLQ_ENABLED'`;
const alert = (key: Key) => key('app.alerts', 'nobody');
const group = (key: Key) => key('app.error_groups', 'nobody');
const stranger = () =>
  `set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || '{"sub": "user_stranger"}')::text, true)`;

const byOperator = (rule: string, answer: string, ...calls: ((key: Key) => string)[]): Scenario => ({
  rule,
  as: 'mm_operator',
  answer,
  statement: (key) => `do $$ begin ${calls.map((call) => `perform ${call(key)};`).join(' ')} end $$`,
});

const acknowledge = (key: Key) => `api.acknowledge_alert(${alert(key)}, 'I look at it')`;
const resolve = (key: Key) => `api.resolve_alert(${alert(key)}, 'It was the disk')`;
const acknowledgeError = (key: Key) => `api.acknowledge_error(${group(key)}, 'Known since May')`;
const change =
  (settings: string, reason = `'Staging first'`, version = '1') =>
  () =>
    `api.change_feature_flag(${flagName}, ${settings.split(', ').slice(0, 2).join(', ')}, ${reason}, ${version}${settings
      .split(', ')
      .slice(2)
      .map((roles) => `, ${roles}`)
      .join('')})`;
const preview = (settings: string) => () => `api.preview_feature_flag(${flagName}, ${settings})`;

const alerts: Scenario[] = [
  byOperator('an alert is acknowledged and then resolved', 'done', acknowledge, resolve),
  byOperator('an alert may be resolved at once', 'done', resolve),
  byOperator('an alert is acknowledged once', '409 alert.acknowledged', acknowledge, acknowledge),
  byOperator('an alert is resolved once', '409 alert.resolved', resolve, resolve),
  byOperator('what was resolved is not acknowledged', '409 alert.resolved', resolve, acknowledge),
  byOperator('an alert exists', '404 alert.not_found', () => `api.resolve_alert(${nowhere}, 'It was the disk')`),
  byOperator('acknowledging needs a note', '422 request.invalid', (key) =>
    acknowledge(key).replace(/'I.*it'/, `' x '`),
  ),
  byOperator('resolving needs a note', '422 request.invalid', (key) => resolve(key).replace(/'It.*disk'/, 'null')),
  byOperator('a stranger acknowledges nothing', '403 auth.forbidden', stranger, acknowledge),
  byOperator('a stranger resolves nothing', '403 auth.forbidden', stranger, resolve),
];

const errors: Scenario[] = [
  byOperator('an error is acknowledged', 'done', acknowledgeError),
  byOperator(
    'an error is acknowledged once, unless it happens again',
    '409 error.acknowledged',
    acknowledgeError,
    acknowledgeError,
  ),
  byOperator('an error exists', '404 error.not_found', () => `api.acknowledge_error(${nowhere}, 'Known since May')`),
  byOperator(
    'acknowledging an error needs a note',
    '422 request.invalid',
    (key) => `api.acknowledge_error(${group(key)}, '')`,
  ),
  byOperator('a stranger acknowledges no error', '403 auth.forbidden', stranger, acknowledgeError),
];

const flags: Scenario[] = [
  byOperator('a flag is changed', 'done', change('false, 100')),
  byOperator(
    'a flag of another version is not changed',
    '409 flag.version_changed',
    change('false, 100'),
    change('true, 100'),
  ),
  byOperator(
    'a flag of no version is not changed',
    '409 flag.version_changed',
    change('false, 100', `'Staging first'`, 'null'),
  ),
  byOperator('a change of a flag needs a reason', '422 request.invalid', change('false, 100', `' x '`)),
  byOperator('a flag is on or off', '422 request.invalid', change('null, 100')),
  byOperator('a flag is rolled out to at most 100 %', '422 request.invalid', change('true, 101')),
  byOperator('a flag is rolled out to some number of per cent', '422 request.invalid', change('true, null')),
  byOperator('a flag about events has no roles', '422 request.invalid', change(`true, 100, '{coach}'`)),
  byOperator('a role of a flag is one of five', '422 request.invalid', change(`true, 100, '{owner}'`)),
  byOperator(
    'a flag exists',
    '404 flag.not_found',
    () => `api.change_feature_flag('NO_SUCH_FLAG', true, 100, 'Staging first', 1)`,
  ),
  byOperator(
    'a change of a flag needs a fresh confirmation',
    '403 auth.step_up_required',
    () =>
      `set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || '{"fva": [11, -1]}')::text, true)`,
    change('false, 100'),
  ),
  byOperator('a stranger changes no flag', '403 auth.forbidden', stranger, change('false, 100')),
  byOperator('a flag is previewed', 'done', preview('true, 50')),
  byOperator('a preview is of settings that can be', '422 request.invalid', preview('true, -1')),
  byOperator(
    'a preview is of a flag that exists',
    '404 flag.not_found',
    () => `api.preview_feature_flag('NO_SUCH_FLAG', true, 1)`,
  ),
  byOperator('a stranger previews no flag', '403 auth.forbidden', stranger, preview('true, 50')),
];

/** What the programs may ask for. */
const services: Scenario[] = [
  ['an alert has a key', `app.raise_alert('no spaces', 'warning', 'It is slow')`],
  ['the severity of an alert is one of three', `app.raise_alert('slow', 'fatal', 'It is slow')`],
  ['an alert has a title', `app.raise_alert('slow', 'warning', '  ')`],
  ['a runbook has a name', `app.raise_alert('slow', 'warning', 'It is slow', '{}', '')`],
].map(([rule, call]) => ({
  rule: rule ?? '',
  as: 'mm_service',
  statement: () => `select ${call}`,
  answer: '422 request.invalid',
}));

const kept: Record<string, Record<string, string>> = {
  'app.alerts': { id: 'uuidv7()', key: `'another'`, opened_at: `now() - interval '1 year'` },
  'app.error_groups': {
    id: 'uuidv7()',
    fingerprint: `'another'`,
    environment: `'another'`,
    code: `'another'`,
    first_seen_at: `now() - interval '1 year'`,
  },
  'app.error_events': {
    id: 'uuidv7()',
    occurred_at: `occurred_at - interval '1 minute'`,
    group_id: 'uuidv7()',
    environment: `'another'`,
    severity: `'warning'`,
    code: `'another'`,
  },
  'app.feature_flags': { id: `'ANOTHER_FLAG'`, applies_to: `'people'` },
};

const guards: Scenario[] = [
  ...Object.entries(kept).flatMap(([table, columns]) =>
    Object.entries(columns).map(
      ([column, value]): Scenario => ({
        rule: `nobody changes ${column} of ${table} by an update`,
        as: 'superuser',
        statement: (key) => `update ${table} set ${column} = ${value} where id = ${key(table, 'nobody')}`,
        answer: '409 data.immutable',
      }),
    ),
  ),
  {
    rule: 'an alert that was resolved is not opened again',
    as: 'superuser',
    statement: (key) => `do $$ begin
      update app.alerts set state = 'resolved', resolved_at = now(), resolve_note = 'Over' where id = ${alert(key)};
      update app.alerts set state = 'firing' where id = ${alert(key)};
    end $$`,
    answer: '409 alert.resolved',
  },
  {
    rule: 'how an alert ended is not rewritten',
    as: 'superuser',
    statement: (key) => `do $$ begin
      update app.alerts set state = 'resolved', resolved_at = now(), resolve_note = 'Over' where id = ${alert(key)};
      update app.alerts set resolved_at = now() + interval '1 hour' where id = ${alert(key)};
    end $$`,
    answer: '409 data.immutable',
  },
  {
    rule: 'a preview counts nobody who is suspended',
    as: 'superuser',
    statement: () => `do $$ begin
      insert into app.feature_flags (id, description, applies_to, is_enabled) values ('SCENARIO', 'Of people', 'people', false);
      update app.profiles set suspended_at = now() where role = 'auditor';
      perform set_config('request.jwt.claims', '{"sub": "user_tomas_reid"}', true);
      set local role mm_operator;
      if exists (select from api.preview_feature_flag('SCENARIO', true, 100) p where p.subjects = 'auditor') then
        raise exception 'They are counted.';
      end if;
    end $$`,
    answer: 'done',
  },
  {
    rule: 'every change of a flag counts the version up and is an entry of the audit log',
    as: 'superuser',
    statement: () => `do $$ begin
      update app.feature_flags set is_enabled = false where id = ${flagName};
      if (select version from app.feature_flags where id = ${flagName}) <> 2
         or (select count(*) from audit.entries where object_id = ${flagName} and action = 'feature_flag.updated') <> 1 then
        raise exception 'It was not so afterwards.';
      end if;
    end $$`,
    answer: 'done',
  },
];

/** Alerts, errors and feature flags. */
export const operationScenarios: Scenario[] = [...alerts, ...errors, ...flags, ...services, ...guards];
