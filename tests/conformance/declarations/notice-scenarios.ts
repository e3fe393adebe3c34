import type { Key, Scenario } from '../scenario.ts';

const nowhere = `'01900000-0000-7000-8000-000000000000'`;
const notice = (key: Key) => key('app.consent_notices', 'nobody');
const stranger = () =>
  `set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || '{"sub": "user_stranger"}')::text, true)`;

const by =
  (as: Scenario['as']) =>
  (rule: string, answer: string, ...calls: ((key: Key) => string)[]): Scenario => ({
    rule,
    as,
    answer,
    statement: (key) => `do $$ begin ${calls.map((call) => `perform ${call(key)};`).join(' ')} end $$`,
  });
const byNobody = by('mm_anon');
const byCoach = by('mm_coach');
const byCompliance = by('mm_compliance');
const byService = by('mm_service');

const agree = (key: Key) => `api.record_consent(${notice(key)}, '{analytics}')`;
const refuse = (key: Key) => `api.record_consent(${notice(key)}, '{}')`;
const withdraw = () => 'api.withdraw_consent()';
const approve = (key: Key) => `api.approve_consent_notice(${notice(key)}, 'Read and found right')`;
const add = () => `api.add_consent_notice('EU', 'Your choices', 'The new text')`;
const prefer = (kind: string, channel: string, enabled: string) => () =>
  `api.set_notification_preference('${kind}', '${channel}', ${enabled})`;

const consents: Scenario[] = [
  byNobody('the consent notice is public', 'done', () => `api.consent_notice('AU')`),
  byNobody('a consent notice is of a jurisdiction', '422 request.invalid', () => `api.consent_notice('NZ')`),
  byCoach('a person agrees, changes their mind and agrees again', 'done', agree, refuse, agree, withdraw),
  byCoach('what was not given is not withdrawn', '409 consent.none_given', refuse, withdraw),
  byCoach('consent is withdrawn once', '409 consent.none_given', withdraw, withdraw),
  byCoach(
    'only what the notice names can be agreed to',
    '422 request.invalid',
    (key) => `api.record_consent(${notice(key)}, '{marketing}')`,
  ),
  byCoach('an answer says what to', '422 request.invalid', (key) => `api.record_consent(${notice(key)}, null)`),
  byCoach('an answer is to a notice', '404 consent.notice_not_found', () => `api.record_consent(${nowhere}, '{}')`),
  byCoach('a stranger records no consent', '403 auth.forbidden', stranger, agree),
  byCoach('a stranger withdraws no consent', '403 auth.forbidden', stranger, withdraw),
  byService('a browser answers', 'done', (key) => `app.record_browser_consent(${nowhere}, ${notice(key)}, '{}')`),
  byService(
    'an answer is of some browser',
    '422 request.invalid',
    (key) => `app.record_browser_consent(null, ${notice(key)}, '{}')`,
  ),
  byService('some browser withdraws', '422 request.invalid', () => 'app.withdraw_browser_consent(null)'),
  byService(
    'a browser withdraws what it gave',
    '409 consent.none_given',
    () => `app.withdraw_browser_consent(${nowhere})`,
  ),
];

const notices: Scenario[] = [
  byCompliance('compliance staff write a notice', 'done', add),
  byCompliance('a notice is of a jurisdiction', '422 request.invalid', () => add().replace('EU', 'NZ')),
  byCompliance('a notice has a title', '422 request.invalid', () => add().replace('Your choices', ' ')),
  byCompliance('a notice has a text', '422 request.invalid', () => add().replace('The new text', ' ')),
  byCompliance('a stranger writes no notice', '403 auth.forbidden', stranger, add),
  byCompliance('compliance staff approve a notice', 'done', approve),
  byCompliance('a notice is approved once', '409 consent.notice_approved', approve, approve),
  byCompliance(
    'a notice that is approved exists',
    '404 consent.notice_not_found',
    () => `api.approve_consent_notice(${nowhere}, 'Read and found right')`,
  ),
  byCompliance(
    'approving needs a reason',
    '422 request.invalid',
    (key) => `api.approve_consent_notice(${notice(key)}, '')`,
  ),
  byCompliance('a stranger approves no notice', '403 auth.forbidden', stranger, approve),
  byCompliance(
    'an older notice is not approved',
    '409 consent.notice_superseded',
    () =>
      `api.approve_consent_notice((api.add_consent_notice('EU', 'Your choices', 'The new text')).id, 'Read and found right')`,
    approve,
  ),
  byCompliance(
    'nobody agrees to a notice that has changed',
    '409 consent.notice_superseded',
    () =>
      `api.approve_consent_notice((api.add_consent_notice('EU', 'Your choices', 'The new text')).id, 'Read and found right')`,
    agree,
  ),
];

const preferences: Scenario[] = [
  byCoach('a coach switches mail about share links off', 'done', prefer('share.issued', 'email', 'false')),
  byCoach('what is critical stays on', '409 notification.critical', prefer('erasure.done', 'email', 'false')),
  byCoach('what is critical may be said to be on', 'done', prefer('erasure.done', 'email', 'true')),
  byCoach('a coach chooses among kinds for coaches', '422 request.invalid', prefer('alert.raised', 'email', 'false')),
  byCoach('a person has no channel of the team', '422 request.invalid', prefer('share.issued', 'slack', 'false')),
  byCoach('a choice is yes or no', '422 request.invalid', prefer('share.issued', 'email', 'null')),
  byCoach('a stranger chooses nothing', '403 auth.forbidden', stranger, prefer('share.issued', 'email', 'false')),
  byCoach(
    'a stranger reads nothing',
    '403 auth.forbidden',
    stranger,
    (key) => `api.mark_notification_read(${key('app.notifications')})`,
  ),
];

const profile = (key: Key) => key('app.profiles');
const sending: Scenario[] = [
  byService(
    'somebody is told',
    'done',
    (key) => `app.enqueue_notification('share.issued', ${profile(key)}, 'one', '{}')`,
  ),
  byService(
    'a notice has a kind',
    '422 request.invalid',
    (key) => `app.enqueue_notification('no.kind', ${profile(key)}, 'one', '{}')`,
  ),
  byService(
    'a notice has an occasion',
    '422 request.invalid',
    (key) => `app.enqueue_notification('share.issued', ${profile(key)}, '', '{}')`,
  ),
  byService(
    'the variables of a notice are an object',
    '422 request.invalid',
    (key) => `app.enqueue_notification('share.issued', ${profile(key)}, 'one', '[]')`,
  ),
  byService(
    'a notice is to somebody who exists',
    '404 profile.not_found',
    () => `app.enqueue_notification('share.issued', ${nowhere}, 'one', '{}')`,
  ),
  byService(
    'the team is told',
    'done',
    () => `app.enqueue_slack_notification('alert.raised', 'platform', 'one', '{}')`,
  ),
  byService(
    'the team has four channels',
    '422 request.invalid',
    () => `app.enqueue_slack_notification('alert.raised', 'gossip', 'one', '{}')`,
  ),
  byService(
    'not everything is for the team',
    '422 request.invalid',
    () => `app.enqueue_slack_notification('share.issued', 'platform', 'one', '{}')`,
  ),
];

const ben = `(select id from app.profiles where subject = 'user_ben_okafor')`;
const kept: [table: string, relation: 'own' | 'nobody', columns: Record<string, string>][] = [
  [
    'app.consent_notices',
    'nobody',
    {
      id: 'uuidv7()',
      jurisdiction: `'US'`,
      version: '7',
      title: `'Another'`,
      body: `'Another'`,
      created_at: `now() - interval '1 year'`,
      created_by: ben,
    },
  ],
  [
    'app.consents',
    'own',
    {
      id: 'uuidv7()',
      profile_id: ben,
      browser_id: 'uuidv7()',
      notice_id: 'uuidv7()',
      action: `'refused'`,
      categories: `'{}'`,
      decided_at: `now() - interval '1 year'`,
    },
  ],
  [
    'app.notification_preferences',
    'own',
    { id: 'uuidv7()', profile_id: ben, kind: `'share.revoked'`, channel: `'in_app'` },
  ],
  [
    'app.notifications',
    'own',
    {
      id: 'uuidv7()',
      kind: `'share.revoked'`,
      profile_id: ben,
      dedupe_key: `'another'`,
      is_in_app: 'false',
      created_at: `now() - interval '1 year'`,
    },
  ],
  [
    'app.notification_deliveries',
    'nobody',
    {
      id: 'uuidv7()',
      notification_id: 'uuidv7()',
      kind: `'share.revoked'`,
      channel: `'email'`,
      destination: `'docs'`,
      created_at: `now() - interval '1 year'`,
    },
  ],
];

const twice = (rule: string, table: string, relation: 'own' | 'nobody', first: string, second: string): Scenario => ({
  rule,
  as: 'superuser',
  statement: (key) => `do $$ begin
    update ${table} set ${first} where id = ${key(table, relation)};
    update ${table} set ${second} where id = ${key(table, relation)};
  end $$`,
  answer: '409 data.immutable',
});

const guards: Scenario[] = [
  ...kept.flatMap(([table, relation, columns]) =>
    Object.entries(columns).map(
      ([column, value]): Scenario => ({
        rule: `nobody changes ${column} of ${table} by an update`,
        as: 'superuser',
        statement: (key) => `update ${table} set ${column} = ${value} where id = ${key(table, relation)}`,
        answer: '409 data.immutable',
      }),
    ),
  ),
  twice(
    'an approval stays',
    'app.consent_notices',
    'nobody',
    `approved_at = now(), approved_by = ${ben}`,
    'approved_at = null, approved_by = null',
  ),
  twice('what was superseded stays so', 'app.consents', 'own', 'superseded_at = now()', 'superseded_at = null'),
  twice('what was read stays read', 'app.notifications', 'own', 'read_at = now()', 'read_at = null'),
  {
    rule: 'a delivery that failed is not sent',
    as: 'superuser',
    statement: (key) => `do $$ begin
      update app.notification_deliveries set state = 'failed', finished_at = now() where id = ${key('app.notification_deliveries', 'nobody')};
      update app.notification_deliveries set state = 'sent' where id = ${key('app.notification_deliveries', 'nobody')};
    end $$`,
    answer: '409 notification.state_final',
  },
  {
    rule: 'every change of a choice says when',
    as: 'superuser',
    statement: (key) => `do $$ begin
      update app.notification_preferences set is_enabled = true, updated_at = '2020-01-01Z' where id = ${key('app.notification_preferences')};
      if (select updated_at from app.notification_preferences where id = ${key('app.notification_preferences')}) <> now() then
        raise exception 'It was not so afterwards.';
      end if;
    end $$`,
    answer: 'done',
  },
  ...['created', 'updated', 'deleted'].map(
    (action): Scenario => ({
      rule: `every consent that is ${action} is an entry of the audit log`,
      as: 'superuser',
      statement: (key) => `do $$ begin
        if '${action}' = 'created' then
          insert into app.consents (id, browser_id, notice_id, action, categories)
          values (${nowhere}, ${nowhere}, ${notice(key)}, 'given', '{analytics}');
        elsif '${action}' = 'updated' then
          update app.consents set superseded_at = now() where id = ${key('app.consents')};
        else
          delete from app.consents where id = ${key('app.consents')};
        end if;
        if (select count(*) from audit.entries where object_type = 'consent' and action = 'consent.${action}') <> 1 then
          raise exception 'There is not one entry.';
        end if;
      end $$`,
      answer: 'done',
    }),
  ),
];

/** Consents, and what people are told. */
export const noticeScenarios: Scenario[] = [...consents, ...notices, ...preferences, ...sending, ...guards];
