import { object } from '../declare.ts';
import type { Key, Scenario } from '../scenario.ts';
import type { Arrangement } from '../world.ts';

const operations = { operator: 'all', admin: 'all' } as const;
const rule = 'id description threshold window_minutes is_watched version updated_at changed_by reason';
const block = 'id reason blocked_by blocked_at expires_at lifted_at lifted_by lift_reason';

/** Requests over a limit, blocked addresses and what is watched: tables. */
export const abuseTables = [
  object('app.rate_limit_hits', {
    key: 'rule',
    columns: { shown: 'hour rule mode address_hash hits first_at last_at' },
    select: { shown: operations },
  }),
  object('app.address_blocks', { columns: { shown: `${block} address_hash` }, select: { shown: operations } }),
  object('app.abuse_rules', { columns: { shown: rule }, select: { shown: operations } }),
];

/** And the views of them. */
export const abuseViews = [
  object('api.address_blocks', {
    rowsOf: 'app.address_blocks',
    columns: { shown: `${block} address` },
    select: { shown: operations },
  }),
  object('api.abuse_rules', { rowsOf: 'app.abuse_rules', columns: { shown: rule }, select: { shown: operations } }),
];

/** A row of each. */
export const abuseArrangements: Record<string, Arrangement> = {
  'app.rate_limit_hits': {
    nobody: `insert into app.rate_limit_hits (hour, rule, mode, address_hash, hits, first_at, last_at)
             values (date_trunc('hour', now()), 'arranged', 'enforce', sha256('address'), 3, now(), now()) returning rule as key`,
  },
  'app.address_blocks': {
    nobody: `insert into app.address_blocks (address_hash, reason, blocked_by, expires_at)
             select sha256('address'), 'It guesses', p.id, now() + interval '1 hour'
             from app.profiles p where p.subject = 'user_tomas_reid' returning id::text as key`,
  },
  'app.abuse_rules': { nobody: `select id as key from app.abuse_rules where id = 'guessing'` },
};

const nowhere = `'01900000-0000-7000-8000-000000000000'`;
const known = `encode(sha256('address'), 'hex')`;
const blockOf = (key: Key) => key('app.address_blocks', 'nobody');
const stranger = () =>
  `set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || '{"sub": "user_stranger"}')::text, true)`;

const byOperator = (name: string, answer: string, ...calls: ((key: Key) => string)[]): Scenario => ({
  rule: name,
  as: 'mm_operator',
  answer,
  statement: (key) => `do $$ begin ${calls.map((call) => `perform ${call(key)};`).join(' ')} end $$`,
});

const place =
  (address = `encode(sha256('another'), 'hex')`, until = `now() + interval '1 hour'`, reason = `'It guesses'`) =>
  () =>
    `api.block_address(${address}, ${until}, ${reason})`;
const lift =
  (reason = `'It was a school'`) =>
  (key: Key) =>
    `api.lift_address_block(${blockOf(key)}, ${reason})`;
const change =
  (settings: string, reason = `'Too many at camp'`, version = '1', id = `'guessing'`) =>
  () =>
    `api.change_abuse_rule(${id}, ${settings}, ${reason}, ${version})`;

const blocks: Scenario[] = [
  byOperator('an address is blocked', 'done', place()),
  byOperator('an address is blocked once', '409 block.already_placed', place(), place()),
  byOperator('a blocked address is not blocked again', '409 block.already_placed', place(known)),
  byOperator('an address that was let in again may be blocked again', 'done', lift(), place(known)),
  byOperator('a block is of an address', '422 request.invalid', place(`'192.0.2.1'`)),
  byOperator('a block is of some address', '422 request.invalid', place('null')),
  byOperator('a block ends in the future', '422 request.invalid', place(undefined, 'now()')),
  byOperator('a block ends in 30 days', '422 request.invalid', place(undefined, `now() + interval '31 days'`)),
  byOperator('a block ends', '422 request.invalid', place(undefined, 'null')),
  byOperator('a block has a reason', '422 request.invalid', place(undefined, undefined, `' x '`)),
  byOperator('a stranger blocks nobody', '403 auth.forbidden', stranger, place()),
  byOperator('a block is lifted', 'done', lift()),
  byOperator('a block is lifted once', '409 block.ended', lift(), lift()),
  byOperator('lifting a block has a reason', '422 request.invalid', lift('null')),
  byOperator(
    'a block that is lifted exists',
    '404 block.not_found',
    () => `api.lift_address_block(${nowhere}, 'It was a school')`,
  ),
  byOperator('a stranger lifts no block', '403 auth.forbidden', stranger, lift()),
];

const rules: Scenario[] = [
  byOperator('what is watched is changed', 'done', change('50, 30, true')),
  byOperator(
    'a rule of abuse of another version is not changed',
    '409 abuse.version_changed',
    change('50, 30, true'),
    change('60, 30, true'),
  ),
  byOperator('a rule of abuse exists', '404 abuse.not_found', change('50, 30, true', undefined, '1', `'mood'`)),
  byOperator('a threshold is one or more', '422 request.invalid', change('0, 30, true')),
  byOperator('a threshold is some number', '422 request.invalid', change('null, 30, true')),
  byOperator('a window is a day at most', '422 request.invalid', change('50, 1441, true')),
  byOperator('a window has some length', '422 request.invalid', change('50, null, true')),
  byOperator('a rule of abuse is watched or not', '422 request.invalid', change('50, 30, null')),
  byOperator('changing what is watched has a reason', '422 request.invalid', change('50, 30, true', `''`)),
  byOperator('a stranger changes nothing of what is watched', '403 auth.forbidden', stranger, change('50, 30, true')),
];

const kept: Record<string, Record<string, string>> = {
  'app.address_blocks': {
    id: 'uuidv7()',
    address_hash: `sha256('another')`,
    blocked_by: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    blocked_at: `now() - interval '1 year'`,
    expires_at: `now() + interval '1 year'`,
  },
  'app.abuse_rules': { id: `'spread'` },
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
    rule: 'a block that was lifted stays lifted',
    as: 'superuser',
    statement: (key) => `do $$ begin
      update app.address_blocks set lifted_at = now(), lifted_by = blocked_by, lift_reason = 'Over' where id = ${blockOf(key)};
      update app.address_blocks set lifted_at = null, lifted_by = null, lift_reason = null where id = ${blockOf(key)};
    end $$`,
    answer: '409 data.immutable',
  },
  {
    rule: 'each block that is made, lifted or removed is an entry of the audit log',
    as: 'superuser',
    statement: (key) => `do $$ begin
      insert into app.address_blocks (address_hash, reason, blocked_by, expires_at)
      select sha256('fresh'), 'It guesses', b.blocked_by, now() + interval '1 hour' from app.address_blocks b where b.id = ${blockOf(key)};
      update app.address_blocks set lifted_at = now(), lifted_by = blocked_by, lift_reason = 'Over' where id = ${blockOf(key)};
      delete from app.address_blocks where address_hash = sha256('fresh');
      if array(select action from audit.entries where object_type = 'address_block' order by id)
         <> array['address_block.created', 'address_block.updated', 'address_block.deleted'] then
        raise exception 'It was not so afterwards.';
      end if;
    end $$`,
    answer: 'done',
  },
  {
    rule: 'each change of what is watched counts the version up and is an entry of the audit log',
    as: 'superuser',
    statement: () => `do $$ begin
      update app.abuse_rules set threshold = 7 where id = 'guessing';
      delete from app.abuse_rules where id = 'spread';
      insert into app.abuse_rules (id, description, threshold, window_minutes) values ('spread', 'Again', 1, 1);
      if (select version from app.abuse_rules where id = 'guessing') <> 2
         or array(select action from audit.entries where object_type = 'abuse_rule' order by id)
            <> array['abuse_rule.updated', 'abuse_rule.deleted', 'abuse_rule.created'] then
        raise exception 'It was not so afterwards.';
      end if;
    end $$`,
    answer: 'done',
  },
];

/** Blocks and what is watched for abuse. */
export const abuseScenarios: Scenario[] = [...blocks, ...rules, ...guards];
