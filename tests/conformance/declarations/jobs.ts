import { object } from '../declare.ts';
import type { Key, Scenario } from '../scenario.ts';

const everyRow = 'all';
const operations = { operator: everyRow, admin: everyRow } as const;
const attempt = 'webhook_event_id no replay_no failed_at error';
const run = 'id job started_at ended_at outcome counts error';

/** Failed attempts to fold and runs of scheduled jobs: tables. */
export const jobTables = [
  object('app.webhook_attempts', {
    key: 'webhook_event_id',
    columns: { shown: attempt },
    select: { shown: operations },
  }),
  object('app.job_runs', { columns: { shown: run }, select: { shown: operations } }),
];

/** And the views of them. */
export const jobViews = [
  object('api.webhook_attempts', {
    rowsOf: 'app.webhook_attempts',
    key: 'webhook_event_id',
    columns: { shown: attempt },
    select: { shown: operations },
  }),
  object('api.job_runs', {
    rowsOf: 'app.job_runs',
    columns: { shown: `${run} duration_ms` },
    select: { shown: operations },
  }),
];

const nowhere = `'01900000-0000-7000-8000-000000000000'`;
const event = (key: Key) => key('app.webhook_events', 'nobody');
const stranger = () =>
  `set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || '{"sub": "user_stranger"}')::text, true)`;
const ofEvent =
  (name: string, reason: string, more = '') =>
  (key: Key) =>
    `api.${name}(${reason}, array[${event(key)}]::uuid[]${more})`;

const byOperator = (rule: string, answer: string, ...calls: ((key: Key) => string)[]): Scenario => ({
  rule,
  as: 'mm_operator',
  answer,
  statement: (key) => `do $$ begin ${calls.map((call) => `perform ${call(key)};`).join(' ')} end $$`,
});

const both = ['replay_webhook_events', 'discard_webhook_events'] as const;
const choices: [rule: string, choice: string][] = [
  ['names at most 1,000 events', `array(select uuidv7() from generate_series(1, 1001))`],
  ['that names events names one', `'{}'`],
  ['names no event that is null', `array[null]::uuid[]`],
  ['is of a state that waits', `null, 'processed'`],
  ['is of a provider that there is', `null, null, 'nobody'`],
  ['that is of a type names it', `null, null, null, ''`],
];

/** One statement as the superuser, for whom no row is hidden; an error says what was expected. */
const expectation = (rule: string, work: (key: Key) => string, holds: (key: Key) => string): Scenario => ({
  rule,
  as: 'superuser',
  answer: 'done',
  statement: (key) => `do $$ begin
    ${work(key)}
    if not (${holds(key)}) then raise exception 'It is otherwise.'; end if;
  end $$`,
});
const stateIs = (state: string) => (key: Key) =>
  `(select state from app.webhook_events where id = ${event(key)}) = '${state}'`;
const asOperator = (key: Key, call: string) => `
    update app.webhook_events set state = 'dead' where id = ${event(key)};
    perform set_config('request.jwt.claims', '{"sub": "user_tomas_reid"}', true);
    set local role mm_operator; perform ${call}; reset role;`;

export const jobScenarios: Scenario[] = [
  ...both.flatMap((name) => [
    byOperator(`${name} needs a reason`, '422 request.invalid', ofEvent(name, `' x '`)),
    byOperator(
      `${name} is refused when the choice is not what was seen`,
      '409 webhook.selection_changed',
      ofEvent(name, `'It was corrected'`, ', expected_count => 7'),
    ),
    byOperator(`a stranger calls no ${name}`, '403 auth.forbidden', stranger, ofEvent(name, `'It was corrected'`)),
    byOperator(
      `${name} leaves alone what waits to be folded`,
      'done',
      ofEvent(name, `'It was corrected'`, ', expected_count => 0'),
    ),
  ]),
  ...choices.map(([rule, choice]) =>
    byOperator(`a choice of events ${rule}`, '422 request.invalid', () => `api.preview_replay(${choice})`),
  ),
  byOperator('a stranger previews no replay', '403 auth.forbidden', stranger, () => 'api.preview_replay()'),
  byOperator('an operator previews a replay', 'done', () => 'api.preview_replay()'),
  byOperator(
    'a payload is of an event that there is',
    '404 webhook.not_found',
    () => `api.webhook_event_payload(${nowhere})`,
  ),
  byOperator('an operator reads a masked payload', 'done', (key) => `api.webhook_event_payload(${event(key)})`),
  byOperator(
    'a stranger reads no payload',
    '403 auth.forbidden',
    stranger,
    (key) => `api.webhook_event_payload(${event(key)})`,
  ),
  byOperator('a stranger sees no scheduled job', '403 auth.forbidden', stranger, () => 'api.scheduled_jobs()'),
  byOperator('a stranger sees no queue', '403 auth.forbidden', stranger, () => 'api.job_queues()'),
  byOperator('an operator sees scheduled jobs and queues', 'done', () => 'api.scheduled_jobs(), api.job_queues()'),
  byOperator('a run of a job needs a reason', '422 request.invalid', () => `api.run_job('upkeep', ' x ')`),
  byOperator('a run is of a scheduled job', '422 request.invalid', () => `api.run_job('sleep', 'It was missed')`),
  byOperator('a stranger runs no job', '403 auth.forbidden', stranger, () => `api.run_job('upkeep', 'It was missed')`),
  byOperator('a job without a queue is not run', '409 job.unavailable', () => `api.run_job('upkeep', 'It was missed')`),
  {
    rule: 'a job is asked for once at a time',
    as: 'superuser',
    statement: () => `do $$ begin
      perform pgboss.create_queue('upkeep', '{"policy": "singleton"}');
      perform set_config('request.jwt.claims', '{"sub": "user_tomas_reid"}', true);
      set local role mm_operator;
      perform api.run_job('upkeep', 'It was missed');
      perform api.run_job('upkeep', 'It was missed');
    end $$`,
    answer: '409 job.under_way',
  },
  expectation(
    'a dead event that is replayed is received',
    (key) => asOperator(key, ofEvent('replay_webhook_events', `'It was corrected'`, ', expected_count => 1')(key)),
    stateIs('received'),
  ),
  expectation(
    'a dead event that is discarded is discarded',
    (key) => asOperator(key, ofEvent('discard_webhook_events', `'A test of Mux'`, ', expected_count => 1')(key)),
    stateIs('discarded'),
  ),
  expectation(
    'a dead event that is previewed is dead',
    (key) => asOperator(key, `api.preview_replay(array[${event(key)}]::uuid[])`),
    stateIs('dead'),
  ),
  {
    rule: 'what was discarded is not received again',
    as: 'superuser',
    statement: (key) => `do $$ begin
      update app.webhook_events set state = 'dead' where id = ${event(key)};
      update app.webhook_events set state = 'discarded' where id = ${event(key)};
      update app.webhook_events set state = 'received' where id = ${event(key)};
    end $$`,
    answer: '409 webhook.state_final',
  },
  {
    rule: 'only a scheduled job is run',
    as: 'mm_service',
    statement: () => `select app.start_job_run('no-such-job')`,
    answer: '422 request.invalid',
  },
  {
    rule: 'a job is put only into a queue that there is',
    as: 'mm_service',
    statement: () => `select jobs.enqueue('no-such-queue')`,
    answer: '55000 There is no queue no-such-queue.',
  },
];
