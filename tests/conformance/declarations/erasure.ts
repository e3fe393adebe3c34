import type { Key, Scenario } from '../scenario.ts';

const reason = `'As the law says'`;
const nowhere = `'01900000-0000-7000-8000-000000000000'`;
const request = (key: Key) => key('app.erasure_requests', 'other');
const hold = (key: Key) => key('app.legal_holds', 'other');

const by =
  (as: 'mm_coach' | 'mm_compliance') =>
  (rule: string, answer: string, ...calls: ((key: Key) => string)[]): Scenario => ({
    rule,
    as,
    answer,
    statement: (key) => `do $$ begin ${calls.map((call) => `perform ${call(key)};`).join(' ')} end $$`,
  });

const byCoach = by('mm_coach');
const byCompliance = by('mm_compliance');
const claims = (change: string) => () =>
  `set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || '${change}')::text, true)`;

const withdraw = (key: Key) => `api.withdraw_erasure(${key('app.erasure_requests')}, ${reason})`;
const decline = (key: Key) => `api.decline_erasure(${request(key)}, ${reason})`;
const approve = (key: Key) => `api.approve_erasure(${request(key)}, ${reason})`;
const lift = (key: Key) => `api.lift_hold(${hold(key)}, ${reason})`;
const complete = (key: Key) => `api.complete_erasure_step(${key('app.erasure_steps', 'other')}, ${reason})`;
const disclose = (key: Key) => `api.disclose_erasure_subject(${request(key)})`;
const place = (key: Key) => `api.place_hold(${key('app.profiles', 'other')}, ${reason})`;

/** Requests to erase and holds. Everybody's account has one of each, open. */
export const erasureScenarios: Scenario[] = [
  byCoach('a coach withdraws their own request', 'done', withdraw),
  byCoach(
    'a coach does not withdraw the request of somebody else',
    '404 erasure.not_found',
    (key) => `api.withdraw_erasure(${request(key)}, ${reason})`,
  ),
  byCoach('a request is decided once', '409 erasure.decided', withdraw, withdraw),
  byCoach('withdrawing needs a reason', '422 request.invalid', (key) => withdraw(key).replace(reason, `''`)),
  byCoach('one request at a time', '409 erasure.already_requested', () => `api.request_erasure(${reason})`),
  byCoach('another request after one was withdrawn', 'done', withdraw, () => `api.request_erasure(${reason})`),
  byCoach('a request needs a reason', '422 request.invalid', () => `api.request_erasure('')`),
  byCoach(
    'a stranger requests nothing',
    '403 auth.forbidden',
    claims('{"sub": "user_stranger"}'),
    () => `api.request_erasure(${reason})`,
  ),
  byCompliance('compliance staff decline a request', 'done', decline),
  byCompliance(
    'compliance staff decline a request that exists',
    '404 erasure.not_found',
    () => `api.decline_erasure(${nowhere}, ${reason})`,
  ),
  byCompliance(
    'nobody decides about their own account',
    '403 erasure.own_request',
    (key) => `api.decline_erasure(${key('app.erasure_requests')}, ${reason})`,
  ),
  byCompliance('nothing is erased while a hold stands', '409 erasure.held', approve),
  byCompliance('once the hold is lifted it may be approved', 'done', lift, approve),
  byCompliance(
    'approving needs a fresh confirmation',
    '403 auth.step_up_required',
    lift,
    claims('{"fva": [11, -1]}'),
    approve,
  ),
  byCompliance('one hold on a person', '409 hold.already_placed', place),
  byCompliance('a hold after an approval stops what has not been begun', 'done', lift, approve, place),
  byCompliance('a manual step is completed by hand', 'done', lift, complete),
  byCompliance('a manual step is completed once', '409 erasure.step_state', lift, complete, complete),
  byCompliance('nothing is completed while a hold stands', '409 erasure.held', complete),
  byCompliance(
    'nobody completes a step about themself',
    '403 erasure.own_request',
    (key) => `api.complete_erasure_step(${key('app.erasure_steps')}, ${reason})`,
  ),
  byCompliance(
    'a step that is completed exists',
    '404 erasure.step_not_found',
    () => `api.complete_erasure_step(${nowhere}, ${reason})`,
  ),
  byCompliance('completing says what was done', '422 request.invalid', (key) => complete(key).replace(reason, `' x '`)),
  byCompliance('a note names nobody', '422 request.invalid', (key) =>
    complete(key).replace(reason, `'Told ben@example.com'`),
  ),
  byCompliance('a reference names nobody', '422 request.invalid', (key) =>
    complete(key).replace(reason, `${reason}, 'ben@example.com'`),
  ),
  byCompliance('a reference is short', '422 request.invalid', (key) =>
    complete(key).replace(reason, `${reason}, repeat('x', 201)`),
  ),
  byCompliance('compliance staff see whom an open request is about', 'done', disclose),
  byCompliance('of a decided request nobody is shown', '409 erasure.decided', decline, disclose),
  byCompliance(
    'a request that is shown exists',
    '404 erasure.not_found',
    () => `api.disclose_erasure_subject(${nowhere})`,
  ),
  byCompliance(
    'nobody is shown themself',
    '403 erasure.own_request',
    (key) => `api.disclose_erasure_subject(${key('app.erasure_requests')})`,
  ),
  byCompliance(
    'a hold is on somebody who exists',
    '404 profile.not_found',
    () => `api.place_hold(${nowhere}, ${reason})`,
  ),
  byCompliance('a hold needs a reason', '422 request.invalid', (key) => place(key).replace(reason, 'null')),
  byCompliance('a hold is lifted once', '409 hold.already_lifted', lift, lift),
  byCompliance('a hold that is lifted exists', '404 hold.not_found', () => `api.lift_hold(${nowhere}, ${reason})`),
  byCompliance('lifting a hold needs a reason', '422 request.invalid', (key) => lift(key).replace(reason, `' '`)),
  byCompliance(
    'an address belongs to one account',
    '404 profile.not_found',
    () => `api.request_erasure_for('nobody@example.com', ${reason})`,
  ),
  byCompliance('an address has a form', '422 request.invalid', () => `api.request_erasure_for('', ${reason})`),
  ...[
    decline,
    approve,
    place,
    lift,
    complete,
    disclose,
    () => `api.request_erasure_for('ben.okafor@example.com', ${reason})`,
  ].map((call, i) =>
    byCompliance(
      `compliance staff without a profile do nothing (${i + 1})`,
      '403 auth.forbidden',
      claims('{"sub": "user_stranger"}'),
      call,
    ),
  ),
];
