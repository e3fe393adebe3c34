import { object } from '../declare.ts';
import type { Scenario } from '../scenario.ts';

const shown =
  'id email role note invited_by created_at sendings expires_at sent_at accepted_at accepted_by revoked_at revoked_by last_error';
const readers = { admin: 'all' } as const;

/** Invitations: tables. */
export const invitationTables = [
  object('app.invitations', {
    columns: { shown: `${shown} state pending_step`, internal: 'asked_at provider_id runner attempts next_attempt_at' },
    select: { shown: readers },
  }),
];

/** And the views of them. */
export const invitationViews = [
  object('api.invitations', {
    rowsOf: 'app.invitations',
    columns: { shown: `${shown} invited_by_name status is_withdrawing` },
    select: { shown: readers },
  }),
];

const byAdmin = (rule: string, answer: string, statement: Scenario['statement']): Scenario => ({
  rule,
  as: 'mm_admin',
  answer,
  statement,
});
const invite = (email = `'New.Coach@club.example'`, role = `'coach'`, note = 'null') =>
  `api.invite_person(${email}, ${role}, ${note})`;
const claimed = (change: string) =>
  `perform set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || ${change})::text, true);`;
const unconfirmed = claimed(`'{"fva": [11, -1]}'`);
/** The next act has a confirmation of its own. */
const anew = claimed(`jsonb_build_object('sid', gen_random_uuid())`);
const stranger = claimed(`'{"sub": "user_stranger"}'`);
const nobodys = `'01900000-0000-7000-8000-000000000000'`;

const inviting: Scenario[] = [
  ...['coach', 'admin', 'compliance', 'operator', 'auditor'].map((role) =>
    byAdmin(`an admin invites to the role ${role}`, 'done', () => `select ${invite(undefined, `'${role}'`)}`),
  ),
  byAdmin('an invitation is for an address', '422 request.invalid', () => `select ${invite(`'new coach'`)}`),
  byAdmin('an invitation is for an address, not for none', '422 request.invalid', () => `select ${invite('null')}`),
  byAdmin(
    'an invitation is for an address, not for a domain',
    '422 request.invalid',
    () => `select ${invite(`'@club.example'`)}`,
  ),
  byAdmin(
    'an invitation is to one of five roles',
    '422 request.invalid',
    () => `select ${invite(undefined, `'owner'`)}`,
  ),
  byAdmin(
    'a note on an invitation has at most 500 characters',
    '422 request.invalid',
    () => `select ${invite(undefined, undefined, `repeat('x', 501)`)}`,
  ),
  byAdmin(
    'an invitation needs a fresh confirmation',
    '403 auth.step_up_required',
    () => `do $$ begin ${unconfirmed} perform ${invite()}; end $$`,
  ),
  byAdmin(
    'somebody who has an account is not invited',
    '409 invitation.already_here',
    () => `select ${invite(`' Amelia.Hart@example.com '`)}`,
  ),
  byAdmin(
    'one invitation of an address is open at a time',
    '409 invitation.already_open',
    () => `do $$ begin perform ${invite()}; ${anew} perform ${invite()}; end $$`,
  ),
  {
    rule: 'fifty invitations are sent within a day',
    as: 'superuser',
    answer: '429 invitation.throttled',
    statement: (key) => `do $$ begin
      insert into app.invitations (email, role, invited_by, expires_at)
      select n || '@many.example', 'coach', ${key('app.profiles')}, now() + interval '1 day' from generate_series(1, 50) n;
      perform app.check_invitation('another@club.example');
    end $$`,
  },
];

const invitation = `app.invitations`;
const acting: Scenario[] = [
  byAdmin(
    'an admin sends any invitation again',
    'done',
    (key) => `select api.resend_invitation(${key(invitation, 'other')})`,
  ),
  byAdmin(
    'an admin revokes any invitation',
    'done',
    (key) => `select api.revoke_invitation(${key(invitation, 'other')}, 'A slip')`,
  ),
  byAdmin(
    'an invitation that is sent again is one that exists',
    '404 invitation.not_found',
    () => `select api.resend_invitation(${nobodys})`,
  ),
  byAdmin(
    'an invitation that is revoked is one that exists',
    '404 invitation.not_found',
    () => `select api.revoke_invitation(${nobodys}, 'A slip')`,
  ),
  byAdmin(
    'revoking an invitation needs a reason',
    '422 request.invalid',
    (key) => `select api.revoke_invitation(${key(invitation)}, ' ')`,
  ),
  byAdmin(
    'sending an invitation again needs a fresh confirmation',
    '403 auth.step_up_required',
    (key) => `do $$ begin ${unconfirmed} perform api.resend_invitation(${key(invitation)}); end $$`,
  ),
  byAdmin(
    'a revoked invitation is not sent again',
    '409 invitation.ended',
    (key) => `do $$ begin
      perform api.revoke_invitation(${key(invitation)}, 'A slip');
      perform api.resend_invitation(${key(invitation)});
    end $$`,
  ),
  byAdmin(
    'an invitation is revoked once',
    '409 invitation.ended',
    (key) => `do $$ begin
      perform api.revoke_invitation(${key(invitation)}, 'A slip');
      perform api.revoke_invitation(${key(invitation)}, 'A slip');
    end $$`,
  ),
  byAdmin(
    'an invitation is sent five times at the most',
    '409 invitation.sent_often',
    (key) => `do $$ begin
      for i in 1 .. 5 loop ${anew} perform api.resend_invitation(${key(invitation)}); end loop;
    end $$`,
  ),
  ...[invite(), `api.resend_invitation(KEY)`, `api.revoke_invitation(KEY, 'A slip')`].map((call) =>
    byAdmin(
      `an admin without a profile may not ${call.slice(0, call.indexOf('('))}`,
      '403 auth.forbidden',
      (key) => `do $$ begin ${stranger} perform ${call.replace('KEY', key(invitation))}; end $$`,
    ),
  ),
];

/** Somebody signs in for the first time with a token that names this invitation, after what is done before. */
const comes = (
  rule: string,
  answer: string,
  before: (key: string) => string,
  claims = `'email', i.email`,
): Scenario => ({
  rule,
  as: 'superuser',
  answer,
  statement: (key) => `do $$ declare i app.invitations; begin
    ${before(key(invitation))}
    select * into i from app.invitations where id = ${key(invitation)};
    perform set_config('request.jwt.claims', jsonb_build_object(
      'sub', 'user_invited', 'sid', 'sess_invited', 'role', 'mm_admin', 'name', 'Ann', 'invitation', i.id, ${claims})::text, true);
    set local role mm_coach;
    perform api.sign_in();
    reset role;
    if not exists (
      select from app.profiles p where p.subject = 'user_invited' and p.role = 'coach' and p.role_assigned_at is not null
    ) then
      raise exception 'The role is not the invitation''s.';
    end if;
  end $$`,
});
const set = (values: string) => (key: string) =>
  `set local session_replication_role = 'replica';
    update app.invitations set ${values} where id = ${key};
    set local session_replication_role = 'origin';`;

const accepting: Scenario[] = [
  comes('who comes with an invitation gets its role, and no other', 'done', () => ''),
  comes(
    'whose account names no invitation gets the one of their address',
    'done',
    () => '',
    `'email', i.email, 'invitation', null`,
  ),
  comes('an invitation that was not told as sent yet is as good', 'done', set(`state = 'queued'`)),
  comes(
    'a revoked invitation lets nobody in',
    '403 invitation.unusable',
    set(`state = 'revoked', revoked_at = now(), revoked_by = invited_by`),
  ),
  comes(
    'an invitation that has run out lets nobody in',
    '403 invitation.unusable',
    set(`created_at = now() - interval '8 days', expires_at = now()`),
  ),
  comes('an invitation that failed lets nobody in', '403 invitation.unusable', set(`state = 'failed'`)),
  comes(
    'an invitation that somebody else has used lets nobody in',
    '403 invitation.unusable',
    set(`state = 'accepted', accepted_at = now(), accepted_by = invited_by`),
  ),
  comes('an invitation is for its address', '403 invitation.unusable', () => '', `'email', 'other@club.example'`),
  comes('an invitation is for an address, not for none at all', '403 invitation.unusable', () => '', `'name', 'Ann'`),
  comes(
    'an invitation that there is not lets nobody in',
    '403 invitation.unusable',
    () => '',
    `'email', i.email, 'invitation', 'mine'`,
  ),
];

/** What a worker does with an invitation that is to be sent, as the superuser, who may see the claim. */
const byWorker = (rule: string, answer: string, ...calls: string[]): Scenario => ({
  rule,
  as: 'superuser',
  answer,
  statement: (key) => `do $$
    declare c record;
    begin
      update app.invitations set state = 'queued', pending_step = 'create' where id = ${key(invitation)};
      select * into c from app.claim_invitation();
      ${calls.map((call) => `perform ${call};`).join('\n      ')}
    end $$`,
});
const claim = 'c.id, c.runner';
const sent = `app.record_invitation_sent(${claim}, 'inv_1')`;

const working: Scenario[] = [
  byWorker('an invitation is sent', 'done', sent),
  byWorker('an invitation that was sent is not sent again by itself', '409 invitation.lost', sent, sent),
  byWorker(
    'an invitation that is to be sent is not withdrawn',
    '409 invitation.lost',
    `app.record_invitation_withdrawn(${claim})`,
  ),
  byWorker(
    'an invitation that was put off is taken up anew',
    '409 invitation.lost',
    `app.delay_invitation(${claim}, 'create', 'clerk.503', false)`,
    sent,
  ),
  ...[
    `app.record_invitation_sent(${nobodys}, gen_random_uuid(), 'inv_1')`,
    `app.record_invitation_withdrawn(${nobodys}, gen_random_uuid())`,
    `app.delay_invitation(${nobodys}, gen_random_uuid(), 'create', 'clerk.503', false)`,
  ].map(
    (call): Scenario => ({
      rule: `who does not hold the invitation cannot ask ${call.split('(')[0]}`,
      as: 'mm_service',
      answer: '409 invitation.lost',
      statement: () => `select ${call}`,
    }),
  ),
];

const guarded: Scenario[] = [
  ...Object.entries({
    id: 'uuidv7()',
    email: `'another@club.example'`,
    role: `'admin'`,
    invited_by: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    created_at: `now() - interval '1 year'`,
  }).map(
    ([column, value]): Scenario => ({
      rule: `nobody changes ${column} of app.invitations by an update`,
      as: 'superuser',
      answer: '409 data.immutable',
      statement: (key) => `update app.invitations set ${column} = ${value} where id = ${key(invitation)}`,
    }),
  ),
  {
    rule: 'a revoked invitation stays revoked',
    as: 'superuser',
    answer: '409 invitation.state_order',
    statement: (key) => `do $$ begin
      update app.invitations set state = 'revoked', revoked_at = now(), revoked_by = invited_by where id = ${key(invitation)};
      update app.invitations set state = 'sent', revoked_at = null, revoked_by = null where id = ${key(invitation)};
    end $$`,
  },
];

/** Whom admins invite, and what comes of it. The arranged invitation was sent. */
export const invitationScenarios: Scenario[] = [...inviting, ...acting, ...accepting, ...working, ...guarded];
