import { object } from '../declare.ts';
import type { Key, Scenario } from '../scenario.ts';

const readers = { coach: 'own', admin: 'all' } as const;
const cut = `id video_id coach_id requested_by requested_at reason revocation_id state switched_at deleted_at confirmed_at failed_at
             refused_status attempts next_attempt_at last_error`;

/** Cuts of a playback: tables. */
export const playbackCutTables = [
  object('app.playback_cuts', {
    columns: { shown: cut, internal: 'asset_id old_playback_id new_playback_id retired_ids runner' },
    select: { shown: readers },
  }),
];

/** And the views of them. */
export const playbackCutViews = [
  object('api.playback_cuts', {
    rowsOf: 'app.playback_cuts',
    columns: { shown: `${cut} video_title coach_name requested_by_name confirmed_after_ms` },
    select: { shown: readers },
  }),
];

const reason = `'Wrong person'`;
const byCoach = (rule: string, answer: string, statement: Scenario['statement']): Scenario => ({
  rule,
  as: 'mm_coach',
  answer,
  statement,
});
const video = (key: Key) => key('app.videos');
const link = (key: Key) => key('app.share_tokens');
const unconfirmed = `perform set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || '{"fva": [11, -1]}')::text, true);`;

/** What a worker does with a cut that somebody has just asked for, as the superuser, who may see the claim. */
const byWorker = (rule: string, answer: string, ...calls: string[]): Scenario => ({
  rule,
  as: 'superuser',
  answer,
  statement: (key) => `do $$
    declare c record;
    begin
      update app.playback_cuts set requested_at = requested_at where id = ${key('app.playback_cuts')};
      insert into app.playback_cuts (video_id, coach_id, asset_id, requested_by, reason, old_playback_id)
      select a.video_id, v.coach_id, a.id, v.coach_id, ${reason}, a.playback_id
      from app.mux_assets a join app.videos v on v.id = a.video_id where a.id = ${key('app.mux_assets')};
      select * into c from app.claim_playback_cut();
      ${calls.map((call) => `perform ${call};`).join('\n      ')}
    end $$`,
});
const claim = 'c.id, c.runner';
const switched = `app.switch_playback(${claim}, 'new-id', array[c.known_ids[1], 'new-id-2'])`;
const deleted = `app.finish_playback_deletion(${claim}, array[c.known_ids[1]])`;
const confirmed = `app.confirm_playback_cut(${claim}, 403)`;

const nobodys = `'01900000-0000-7000-8000-000000000000', gen_random_uuid()`;

/** The arranged cut is confirmed. */
export const playbackCutScenarios: Scenario[] = [
  ...(
    [
      ['mm_coach', 'own', 'done'],
      ['mm_coach', 'other', '404 video.not_found'],
      ['mm_admin', 'own', 'done'],
      ['mm_admin', 'other', 'done'],
    ] as const
  ).map(
    ([as, relation, answer]): Scenario => ({
      rule: `${as} cuts off ${relation} video`,
      as,
      answer,
      statement: (key) => `select api.cut_playback(${key('app.videos', relation)}, ${reason})`,
    }),
  ),
  byCoach('a cut says why', '422 request.invalid', (key) => `select api.cut_playback(${video(key)}, ' ')`),
  byCoach(
    'a cut needs a fresh confirmation',
    '403 auth.step_up_required',
    (key) => `do $$ begin ${unconfirmed} perform api.cut_playback(${video(key)}, ${reason}); end $$`,
  ),
  byCoach(
    'a cut that revokes says how many links',
    '422 request.invalid',
    (key) => `select api.cut_playback(${video(key)}, ${reason}, revoke_links => true)`,
  ),
  byCoach(
    'a cut that revokes is refused when the links are not what the preview showed',
    '409 share.selection_changed',
    (key) => `select api.cut_playback(${video(key)}, ${reason}, revoke_links => true, expected_count => 7)`,
  ),
  byCoach(
    'a cut that revokes takes back the links of the video',
    'done',
    (key) => `select api.cut_playback(${video(key)}, ${reason}, revoke_links => true, expected_count => 1)`,
  ),
  {
    rule: 'a video is cut off once at a time',
    as: 'superuser',
    answer: '409 cut.under_way',
    statement: (key) => `do $$ begin
      insert into app.playback_cuts (video_id, coach_id, asset_id, requested_by, reason, old_playback_id)
      select a.video_id, v.coach_id, a.id, v.coach_id, ${reason}, a.playback_id
      from app.mux_assets a join app.videos v on v.id = a.video_id where a.id = ${key('app.mux_assets')};
      perform set_config('request.jwt.claims', format(
        '{"sub": "user_amelia_hart", "sid": "one", "fva": [0, -1], "iat": %s}', floor(extract(epoch from now()))), true);
      set local role mm_coach;
      perform api.cut_playback(${video(key)}, ${reason});
    end $$`,
  },
  {
    rule: 'a video that does not play is not cut off',
    as: 'superuser',
    answer: '409 video.not_ready',
    statement: (key) => `do $$ begin
      update app.mux_assets set playback_id = null where id = ${key('app.mux_assets')};
      perform set_config('request.jwt.claims', '{"sub": "user_amelia_hart"}', true);
      set local role mm_coach;
      perform api.cut_playback(${video(key)}, ${reason});
    end $$`,
  },
  byWorker('a cut goes from step to step', 'done', switched, deleted, confirmed),
  byWorker('an asset that is gone needs no new id', 'done', deleted, confirmed),
  byWorker('a cut that is confirmed is over', '409 cut.lost', switched, deleted, confirmed, confirmed),
  byWorker(
    'the new playback id is another one',
    '422 request.invalid',
    `app.switch_playback(${claim}, c.known_ids[1], '{}')`,
  ),
  byWorker('the new playback id is one', '422 request.invalid', `app.switch_playback(${claim}, '', '{}')`),
  byWorker('a cut is not confirmed before Mux has deleted the old id', '409 cut.state_order', switched, confirmed),
  byWorker(
    'a cut is not confirmed by an answer that is no refusal',
    '422 request.invalid',
    deleted,
    `app.confirm_playback_cut(${claim}, 200)`,
  ),
  ...[
    `app.switch_playback(${nobodys}, 'new-id', '{}')`,
    `app.finish_playback_deletion(${nobodys}, '{}')`,
    `app.confirm_playback_cut(${nobodys}, 403)`,
    `app.delay_playback_cut(${nobodys}, 'mux.503')`,
  ].map(
    (call): Scenario => ({
      rule: `who does not hold the cut cannot ask ${call.split('(')[0]}`,
      as: 'mm_service',
      answer: '409 cut.lost',
      statement: () => `select ${call}`,
    }),
  ),
  ...Object.entries({
    id: 'uuidv7()',
    video_id: 'uuidv7()',
    coach_id: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    asset_id: `'another'`,
    requested_by: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    requested_at: `now() - interval '1 year'`,
    old_playback_id: `'another'`,
  }).map(
    ([column, value]): Scenario => ({
      rule: `nobody changes ${column} of app.playback_cuts by an update`,
      as: 'superuser',
      statement: (key) => `update app.playback_cuts set ${column} = ${value} where id = ${key('app.playback_cuts')}`,
      answer: '409 data.immutable',
    }),
  ),
  ...[
    ['is an object', `'[]'`],
    ['has a criterion', `'{}'`],
    ['has no other criterion', `'{"colour": "red"}'`],
    ['of a status names one of living links', `'{"status": "revoked"}'`],
    ['of a video names one', `'{"video_id": "mine"}'`],
    ['of a time names one', `'{"created_from": "yesterday week"}'`],
    ['of a text has one', `'{"search": " "}'`],
  ].map(([rule, filter]) =>
    byCoach(
      `a filter of links ${rule}`,
      '422 request.invalid',
      () => `select * from api.preview_revocation(filter => ${filter})`,
    ),
  ),
  byCoach(
    'a list of lists of links is refused',
    '422 request.invalid',
    (key) => `select * from api.preview_revocation(token_ids => array[array[${link(key)}]]::uuid[])`,
  ),
  byCoach(
    'a link that was revoked is restored',
    'done',
    (key) => `do $$ begin
      perform api.revoke_share_token(${link(key)}, ${reason});
      perform api.restore_share_token(${link(key)}, ${reason});
    end $$`,
  ),
  byCoach(
    'a link is restored once at a time',
    '409 share.already_restored',
    (key) => `do $$ begin
      perform api.revoke_share_token(${link(key)}, ${reason});
      perform api.restore_share_token(${link(key)}, ${reason});
      perform api.restore_share_token(${link(key)}, ${reason});
    end $$`,
  ),
  byCoach(
    'restoring a link needs a reason',
    '422 request.invalid',
    (key) => `do $$ begin
      perform api.revoke_share_token(${link(key)}, ${reason});
      perform api.restore_share_token(${link(key)}, ' ');
    end $$`,
  ),
  {
    rule: 'a link of a video that is gone is not restored',
    as: 'superuser',
    answer: '409 share.video_unavailable',
    statement: (key) => `do $$ begin
      update app.videos set status = 'deleted' where id = ${video(key)};
      perform set_config('request.jwt.claims', '{"sub": "user_amelia_hart"}', true);
      set local role mm_coach;
      perform api.restore_share_token(${link(key)}, ${reason});
    end $$`,
  },
];
