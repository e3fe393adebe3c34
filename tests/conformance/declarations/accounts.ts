import type { Relation } from '../declare.ts';
import type { Key, Scenario } from '../scenario.ts';

const reason = `'Left the club'`;

const byAdmin = (rule: string, answer: string, statement: Scenario['statement']): Scenario => ({
  rule,
  as: 'mm_admin',
  statement,
  answer,
});

const person = (key: Key, relation: Relation = 'other') => key('app.profiles', relation);

/** Managing people: by an admin who has just confirmed who they are, with a reason, once for each confirmation. */
const managing: Scenario[] = [
  ...(
    [
      ['change_role', (who: string) => `api.change_role(${who}, 'auditor', ${reason})`],
      ['suspend_profile', (who: string) => `api.suspend_profile(${who}, ${reason})`],
    ] as const
  ).flatMap(([name, call]) => [
    byAdmin(`${name} is for somebody else`, 'done', (key) => `select ${call(person(key))}`),
    byAdmin(`${name} is not for oneself`, '409 profile.own_account', (key) => `select ${call(person(key, 'own'))}`),
    byAdmin(
      `${name} is for somebody who exists`,
      '404 profile.not_found',
      () => `select ${call(`'01900000-0000-7000-8000-000000000000'`)}`,
    ),
    byAdmin(
      `${name} needs a reason`,
      '422 request.invalid',
      (key) => `select ${call(person(key)).replace(reason, `' x '`)}`,
    ),
  ]),
  byAdmin(
    'a role is one of five',
    '422 request.invalid',
    (key) => `select api.change_role(${person(key)}, 'owner', ${reason})`,
  ),
  byAdmin(
    'a role is assigned once',
    '409 profile.role_unchanged',
    (key) => `do $$ begin
      perform api.change_role(${person(key)}, 'auditor', ${reason});
      perform api.change_role(${person(key)}, 'auditor', ${reason});
    end $$`,
  ),
  byAdmin(
    'somebody is suspended once',
    '409 profile.already_suspended',
    (key) => `do $$ begin
      perform api.suspend_profile(${person(key)}, ${reason});
      perform api.suspend_profile(${person(key)}, ${reason});
    end $$`,
  ),
  byAdmin(
    'only somebody suspended is restored',
    '409 profile.not_suspended',
    (key) => `select api.restore_profile(${person(key)}, ${reason})`,
  ),
  byAdmin(
    'restoring needs a reason',
    '422 request.invalid',
    (key) => `select api.restore_profile(${person(key)}, null)`,
  ),
  byAdmin(
    'a confirmation serves one act',
    '403 auth.step_up_required',
    (key) => `do $$ begin
      perform api.suspend_profile(${person(key)}, ${reason});
      perform api.restore_profile(${person(key)}, ${reason});
    end $$`,
  ),
  {
    rule: 'the last administrator stays one',
    as: 'superuser',
    statement: (key) => `do $$ begin
      update app.profiles set role = 'coach' where subject = 'user_priya_nair';
      update app.profiles set role = 'admin' where id = ${person(key)};
      perform set_config('request.jwt.claims', '{"sub": "user_priya_nair", "role": "mm_admin"}', true);
      set local role mm_admin;
      perform api.suspend_profile(${person(key)}, ${reason});
    end $$`,
    answer: '409 profile.last_admin',
  },
];

/** Claims with which an admin may not confirm anything. */
const unconfirmed: [rule: string, change: string, answer: string][] = [
  ['a second factor too long ago', `'{"fva": [0, 11]}'`, '403 auth.step_up_required'],
  ['a first factor too long ago', `'{"fva": [11, -1]}'`, '403 auth.step_up_required'],
  ['no factor', `'{"fva": [-1, -1]}'`, '403 auth.step_up_required'],
  ['no word of a factor', `'{"fva": null}'`, '403 auth.step_up_required'],
  ['no iat', `'{"iat": null}'`, '403 auth.step_up_required'],
  [
    'an old token that was fresh then',
    `jsonb_build_object('iat', extract(epoch from now()) - 1800)`,
    '403 auth.step_up_required',
  ],
  ['somebody acting for them', `'{"act": {"sub": "user_tomas_reid"}}'`, '403 auth.impersonated'],
];

const stepUp = unconfirmed.map(([rule, change, answer]) =>
  byAdmin(
    `an admin with ${rule} suspends nobody`,
    answer,
    (key) => `do $$ begin
      perform set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || ${change})::text, true);
      perform api.suspend_profile(${person(key)}, ${reason});
    end $$`,
  ),
);

const unconfirmedRole = byAdmin(
  'an admin who has not confirmed changes no role',
  '403 auth.step_up_required',
  (key) => `do $$ begin
    perform set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || '{"fva": [11, -1]}')::text, true);
    perform api.change_role(${person(key)}, 'auditor', ${reason});
  end $$`,
);

const suspendedAdmin: Scenario = {
  rule: 'a suspended administrator does not count as one who stays',
  as: 'superuser',
  statement: (key) => `do $$ begin
    update app.profiles set role = 'coach' where subject = 'user_priya_nair';
    update app.profiles set role = 'admin', suspended_at = now() where subject = 'user_helen_castellano';
    update app.profiles set role = 'admin' where id = ${person(key)};
    perform set_config('request.jwt.claims', '{"sub": "user_priya_nair", "role": "mm_admin"}', true);
    set local role mm_admin;
    perform api.suspend_profile(${person(key)}, ${reason});
  end $$`,
  answer: '409 profile.last_admin',
};

/** Without a profile (never signed in, or suspended) nothing is done, whatever the token says. */
const strangers: Scenario[] = [
  `api.suspend_profile(KEY, ${reason})`,
  `api.restore_profile(KEY, ${reason})`,
  `api.change_role(KEY, 'auditor', ${reason})`,
  `api.deny_session('stolen', ${reason})`,
  `api.deny_sessions(KEY, ${reason})`,
  `api.preview_revocation(of_coach_id => KEY)`,
  `api.revoke_share_tokens(${reason}, 1, of_coach_id => KEY)`,
].map((call) =>
  byAdmin(
    `an admin without a profile may not ${call.slice(0, call.indexOf('('))}`,
    '403 auth.forbidden',
    (key) => `do $$ begin
      perform set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || '{"sub": "user_stranger"}')::text, true);
      perform ${call.replace('KEY', person(key))};
    end $$`,
  ),
);

/** Sessions: everybody ends their own, an admin any. */
const sessions: Scenario[] = [
  {
    rule: 'a coach ends their own session',
    as: 'mm_coach',
    answer: 'done',
    statement: (key) => `select api.deny_session(${key('authz.sessions')}, ${reason})`,
  },
  {
    rule: 'a coach does not end the session of somebody else',
    as: 'mm_coach',
    answer: '404 session.not_found',
    statement: (key) => `select api.deny_session(${key('authz.sessions', 'other')}, ${reason})`,
  },
  {
    rule: 'a coach does not end a session that was never seen',
    as: 'mm_coach',
    answer: '404 session.not_found',
    statement: () => `select api.deny_session('never seen', ${reason})`,
  },
  byAdmin(
    'an admin ends any session',
    'done',
    (key) => `select api.deny_session(${key('authz.sessions', 'other')}, ${reason})`,
  ),
  byAdmin(
    'an admin ends a session once',
    '409 session.already_denied',
    (key) => `do $$ begin
      perform api.deny_session(${key('authz.sessions')}, ${reason});
      perform api.deny_session(${key('authz.sessions')}, ${reason});
    end $$`,
  ),
  byAdmin(
    'an admin who has not confirmed ends nobody else’s session',
    '403 auth.step_up_required',
    (key) => `do $$ begin
      perform set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || '{"fva": [11, -1]}')::text, true);
      perform api.deny_session(${key('authz.sessions', 'other')}, ${reason});
    end $$`,
  ),
  byAdmin(
    'ending a session needs a reason',
    '422 request.invalid',
    (key) => `select api.deny_session(${key('authz.sessions')}, '')`,
  ),
  {
    rule: 'a coach ends their own sessions at once',
    as: 'mm_coach',
    answer: 'done',
    statement: (key) => `select api.deny_sessions(${key('app.profiles')}, ${reason})`,
  },
  {
    rule: 'a coach does not end the sessions of somebody else',
    as: 'mm_coach',
    answer: '404 profile.not_found',
    statement: (key) => `select api.deny_sessions(${key('app.profiles', 'other')}, ${reason})`,
  },
  byAdmin(
    'an admin ends all sessions of anybody',
    'done',
    (key) => `select api.deny_sessions(${person(key)}, ${reason})`,
  ),
  byAdmin(
    'an admin who has not confirmed does not end all sessions of somebody else',
    '403 auth.step_up_required',
    (key) => `do $$ begin
      perform set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || '{"fva": [11, -1]}')::text, true);
      perform api.deny_sessions(${person(key)}, ${reason});
    end $$`,
  ),
  byAdmin(
    'all sessions of somebody are ended once',
    '409 session.none_open',
    (key) => `do $$ begin
      perform api.deny_sessions(${person(key)}, ${reason});
      perform api.deny_sessions(${person(key)}, ${reason});
    end $$`,
  ),
  byAdmin(
    'ending all sessions of somebody is of somebody',
    '404 profile.not_found',
    () => `select api.deny_sessions(null, ${reason})`,
  ),
  byAdmin(
    'ending all sessions of somebody needs a reason',
    '422 request.invalid',
    (key) => `select api.deny_sessions(${person(key)}, ' x ')`,
  ),
  byAdmin('ending a session needs a session', '422 request.invalid', () => `select api.deny_session('', ${reason})`),
];

/** Bulk revocation reaches exactly the links that the caller may revoke. */
const bulk: Scenario[] = (
  [
    ['mm_coach', 'own', 1, 'done'],
    ['mm_coach', 'other', 1, '409 share.selection_changed'],
    ['mm_admin', 'own', 1, 'done'],
    ['mm_admin', 'other', 1, 'done'],
    ['mm_admin', 'other', 2, '409 share.selection_changed'],
    ['mm_admin', 'other', 0, '422 request.invalid'],
  ] as const
).map(
  ([as, relation, count, answer]): Scenario => ({
    rule: `${as} revokes ${count} of ${relation} links at once`,
    as,
    answer,
    statement: (key) =>
      `select api.revoke_share_tokens(${reason}, ${count}, token_ids => array[${key('app.share_tokens', relation)}]::uuid[])`,
  }),
);

const choosing: Scenario[] = [
  byAdmin('a bulk revocation says which links', '422 request.invalid', () => 'select * from api.preview_revocation()'),
  byAdmin(
    'a bulk revocation names some links',
    '422 request.invalid',
    () => `select * from api.preview_revocation(token_ids => '{}')`,
  ),
  byAdmin(
    'a bulk revocation says why',
    '422 request.invalid',
    (key) => `select api.revoke_share_tokens('', 1, token_ids => array[${key('app.share_tokens')}]::uuid[])`,
  ),
  byAdmin(
    'a bulk revocation needs a fresh confirmation',
    '403 auth.step_up_required',
    (key) => `do $$ begin
      perform set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || '{"fva": [11, -1]}')::text, true);
      perform api.revoke_share_tokens(${reason}, 1, token_ids => array[${key('app.share_tokens')}]::uuid[]);
    end $$`,
  ),
];

/** What is done to people and their sessions, and by whom. */
export const accountScenarios: Scenario[] = [
  ...managing,
  suspendedAdmin,
  ...stepUp,
  unconfirmedRole,
  ...strangers,
  ...sessions,
  ...bulk,
  ...choosing,
];
