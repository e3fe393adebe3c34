import type { Scenario } from '../scenario.ts';

const refused = (rule: string, statement: Scenario['statement'], answer = '422 request.invalid'): Scenario => ({
  rule,
  as: 'mm_coach',
  statement,
  answer,
});

const upload = (values: Record<string, string>) => () => {
  const given = {
    title: `'Squat'`,
    description: 'null',
    file_name: `'squat.mp4'`,
    file_size_bytes: '1000',
    content_type: `'video/mp4'`,
    ...values,
  };
  return `select * from api.request_upload(${Object.entries(given)
    .map(([name, value]) => `${name} => ${value}`)
    .join(', ')})`;
};

const callers: Scenario[] = [
  refused('a video needs a title', upload({ title: `' '` })),
  refused('a title has at most 200 characters', upload({ title: `repeat('x', 201)` })),
  refused('a description has at most 2,000 characters', upload({ description: `repeat('x', 2001)` })),
  refused('a file needs a name', upload({ file_name: 'null' })),
  refused('an empty file is refused', upload({ file_size_bytes: '0' })),
  refused('a file has at most 5 GB', upload({ file_size_bytes: '5000000001' })),
  refused('only videos are taken', upload({ content_type: `'text/html'` })),
  refused('only the kinds of video that Mux reads are taken', upload({ content_type: `'video/x-unheard-of'` })),
  refused('a fingerprint is a SHA-256', upload({ file_fingerprint: `'0123'` })),
  refused('a link wished with an upload has an end', upload({ share_label: `'For the team'` })),
  refused(
    'a link wished with an upload lives for at least 24 hours',
    upload({ share_expires_at: `now() + interval '23 hours'` }),
  ),
  refused(
    'a coach starts at most 20 uploads in 24 hours',
    (key) => `do $$ begin
      ${"perform api.request_upload('Squat', null, 'squat.mp4', 1000, 'video/mp4');".repeat(20)}
    end $$ -- ${key('app.videos')}`,
    '429 upload.quota_exceeded',
  ),
  refused(
    'why it could be watched is asked of a video or a link',
    () => `select * from api.explain_playback(now() - interval '1 day', now())`,
  ),
  refused(
    'why it could be watched is asked from a moment on',
    (key) => `select * from api.explain_playback(null, now(), ${key('app.videos')})`,
  ),
  refused(
    'why it could be watched is asked until a moment',
    (key) => `select * from api.explain_playback(now(), null, ${key('app.videos')})`,
  ),
  refused(
    'why it could be watched is asked of a time that has a length',
    (key) => `select * from api.explain_playback(now(), now(), ${key('app.videos')})`,
  ),
  refused(
    'why it could be watched is asked of 31 days at the most',
    (key) => `select * from api.explain_playback(now() - interval '32 days', now(), ${key('app.videos')})`,
  ),
  refused(
    'a share link lives for at least 24 hours',
    (key) => `select api.create_share_token(${key('app.videos')}, now() + interval '23 hours 58 minutes')`,
  ),
  refused(
    'a share link lives for at most 7 days',
    (key) => `select api.create_share_token(${key('app.videos')}, now() + interval '168 hours 2 minutes')`,
  ),
  refused(
    'a label has at most 120 characters',
    (key) => `select api.create_share_token(${key('app.videos')}, null, repeat('x', 121))`,
  ),
  refused(
    'a label has at most 120 characters, also when it is changed directly',
    (key) => `update app.share_tokens set label = repeat('x', 121) where id = ${key('app.share_tokens')}`,
  ),
  refused(
    'a video keeps a title, also when it is changed directly',
    (key) => `update api.videos set title = ' ' where id = ${key('app.videos')}`,
  ),
  ...[
    'note => repeat($$x$$, 1001)',
    'max_views => 0',
    `recipients => '{}'`,
    `recipients => '{nobody}'`,
    `embed_origins => '{nowhere}'`,
  ].flatMap((option) => [
    refused(
      `a share link is not made with ${option}`,
      (key) => `select api.create_share_token(${key('app.videos')}, ${option})`,
    ),
    refused(
      `a share link is not changed to ${option.replace('=> 0', '=> -1')}`,
      (key) => `select api.update_share_token(${key('app.share_tokens')}, 1, ${option.replace('=> 0', '=> -1')})`,
    ),
  ]),
  refused(
    'a passphrase comes as its hash',
    (key) => `select api.create_share_token(${key('app.videos')}, passphrase_hash => 'open sesame')`,
  ),
  refused(
    'a share link does not begin in the past',
    (key) => `select api.create_share_token(${key('app.videos')}, starts_at => now() - interval '2 minutes')`,
  ),
  refused(
    'a share link begins within 90 days',
    (key) => `select api.create_share_token(${key('app.videos')}, starts_at => now() + interval '91 days')`,
  ),
  ...[
    `update_share_token(KEY, 2, label => 'Another')`,
    `extend_share_token(KEY, 2, now() + interval '6 days')`,
    `rotate_share_token(KEY, 2)`,
  ].map((call) =>
    refused(
      `a version that nobody has seen is not changed: ${call}`,
      (key) => `select api.${call.replace('KEY', key('app.share_tokens'))}`,
      '409 data.changed_meanwhile',
    ),
  ),
  ...[
    `update_share_token(KEY, null, label => 'Another')`,
    `extend_share_token(KEY, null, now() + interval '6 days')`,
    `rotate_share_token(KEY, null)`,
    `update_share_token(KEY, 1, label => 'Another', reason => 'x')`,
    `extend_share_token(KEY, 1, now() + interval '6 days', reason => 'x')`,
    `rotate_share_token(KEY, 1, reason => 'x')`,
    `extend_share_token(KEY, 1, null)`,
    `extend_share_token(KEY, 1, now() + interval '169 hours')`,
    `extend_share_token(KEY, 1, now() + interval '2 days')`,
  ].map((call) =>
    refused(
      `a change is refused at its field: ${call}`,
      (key) => `select api.${call.replace('KEY', key('app.share_tokens'))}`,
    ),
  ),
  ...[
    `update_share_token(KEY, 2, label => 'Another')`,
    `extend_share_token(KEY, 2, now() + interval '6 days')`,
    `rotate_share_token(KEY, 2)`,
  ].map((call) =>
    refused(
      `a revoked link does not change: ${call}`,
      (key) => `do $$ begin
          perform api.revoke_share_token(${key('app.share_tokens')}, 'Wrong person');
          perform api.${call.replace('KEY', key('app.share_tokens'))};
        end $$`,
      '409 share.already_revoked',
    ),
  ),
  refused('a revocation says why', (key) => `select api.revoke_share_token(${key('app.share_tokens')}, ' x ')`),
  refused(
    'a share link is revoked once',
    (key) => `do $$ begin
      perform api.revoke_share_token(${key('app.share_tokens')}, 'Wrong person');
      perform api.revoke_share_token(${key('app.share_tokens')}, 'Wrong person again');
    end $$`,
    '409 share.already_revoked',
  ),
  refused(
    'a playback token lives for at most 15 minutes',
    (key) => `select api.decide_preview(${key('app.videos')}, 901)`,
  ),
  refused(
    'the story of a video is told by the days of a time zone that exists',
    (key) => `select * from api.video_timeline(${key('app.videos')}, time_zone => 'Mars/Olympus')`,
  ),
  refused('a retention curve is of a link or a video', () => 'select * from api.retention_curve()'),
  refused(
    'a retention curve is of a link or a video, not of both',
    (key) => `select * from api.retention_curve(${key('app.share_tokens')}, ${key('app.videos')})`,
  ),
  ...['0', '201', 'null'].map((pieces) =>
    refused(
      `a retention curve has 1 to 200 pieces, not ${pieces}`,
      (key) => `select * from api.retention_curve(video_id => ${key('app.videos')}, pieces => ${pieces})`,
    ),
  ),
  ...['0', '367', 'null'].map((days) =>
    refused(`plays are told of 1 to 366 days, not ${days}`, () => `select * from api.plays_over_time(days => ${days})`),
  ),
  ...[`'Mars/Olympus'`, 'null'].map((zone) =>
    refused(
      `plays are told by the days of a time zone, not ${zone}`,
      () => `select * from api.plays_over_time(time_zone => ${zone})`,
    ),
  ),
  refused(
    'nobody exports the plays of somebody else’s link',
    (key) => `select app.begin_plays_export(${key('app.share_tokens', 'other')}, null)`,
    '404 share.not_found',
  ),
  refused(
    'nobody exports the plays of somebody else’s video',
    (key) => `select app.begin_plays_export(null, ${key('app.videos', 'other')})`,
    '404 video.not_found',
  ),
  refused('an export is of the plays of a link or a video', () => 'select app.begin_plays_export(null, null)'),
  refused(
    'nobody exports a list that their role does not read',
    () => `select app.begin_list_export('webhook_events', '[]')`,
    '403 list.not_readable',
  ),
  refused('a playback token lives for a while', (key) => `select api.decide_preview(${key('app.videos')}, null)`),
];

/** After `arrange`, by the superuser and without triggers, `work` runs as a role (of mm_coach: amelia, whose claims are set). */
function afterwards(arrange: string, role: string, work: string): string {
  return `do $do$ begin
    set local session_replication_role = 'replica';
    ${arrange};
    set local session_replication_role = 'origin';
    perform set_config('request.jwt.claims', '{"sub": "user_amelia_hart"}', true);
    set local role ${role};
    ${work};
  end $do$`;
}

const arranged: Scenario[] = [
  {
    rule: 'a video that is gone cannot be shared',
    as: 'superuser',
    statement: (key) =>
      afterwards(
        `update app.videos set status = 'deleted' where id = ${key('app.videos')}`,
        'mm_coach',
        `perform api.create_share_token(${key('app.videos')})`,
      ),
    answer: '409 share.video_unavailable',
  },
  {
    rule: 'a video that is not ready cannot be watched',
    as: 'superuser',
    statement: (key) =>
      afterwards(
        `update app.videos set status = 'processing' where id = ${key('app.videos')}`,
        'mm_coach',
        `perform api.decide_preview(${key('app.videos')}, 60)`,
      ),
    answer: '409 video.not_ready',
  },
  ...(
    [
      [
        'begins no upload',
        `perform api.request_upload('Squat', null, 'squat.mp4', 1000, 'video/mp4')`,
        '403 auth.forbidden',
      ],
      ['makes no share link', `perform api.create_share_token(KEY)`, '404 video.not_found'],
    ] as const
  ).map(
    ([rule, work, answer]): Scenario => ({
      rule: `somebody suspended ${rule}, even where the check of the request was forgotten`,
      as: 'superuser',
      statement: (key) =>
        afterwards(
          `update app.profiles set suspended_at = now() where subject = 'user_amelia_hart'`,
          'mm_coach',
          work.replace('KEY', key('app.videos')),
        ),
      answer,
    }),
  ),
  {
    rule: 'an address is attached only to an upload that waits for one',
    as: 'mm_service',
    statement: (key) => `select app.attach_upload(${key('app.upload_jobs')}, 'upload-of-somebody-else', now())`,
    answer: '404 upload.not_found',
  },
  {
    rule: 'a playback token of a link lives for at most 15 minutes',
    as: 'mm_service',
    statement: () => `select app.decide_playback('unknownlink1', sha256('x'), 'request-1', null, 'Firefox', 901)`,
    answer: '422 request.invalid',
  },
  {
    rule: 'an event that failed five times is dead',
    as: 'superuser',
    statement: (key) => `do $$ begin
      update app.webhook_events set attempts = 4 where id = ${key('app.webhook_events', 'nobody')};
      if (select state from app.fail_webhook_event(${key('app.webhook_events', 'nobody')}, 'broken')) <> 'dead' then
        raise exception 'It lives.';
      end if;
    end $$`,
    answer: 'done',
  },
  {
    rule: 'at most 60 events are folded at once',
    as: 'mm_service',
    statement: () => `select app.fold_webhook_events(array(select uuidv7() from generate_series(1, 61)))`,
    answer: '422 request.invalid',
  },
  {
    rule: 'a session that the identity provider ended is ended by nobody here',
    as: 'superuser',
    statement: (key) => `do $$ begin
      perform app.apply_session_end(${key('authz.sessions')}, 'user_amelia_hart');
      if not exists (select from authz.sessions where id = ${key('authz.sessions')} and denied_at is not null and denied_by is null) then
        raise exception 'It lives.';
      end if;
    end $$`,
    answer: 'done',
  },
  {
    rule: 'signing in needs a subject',
    as: 'superuser',
    statement: () =>
      `do $$ begin set local role mm_coach; perform set_config('request.jwt.claims', '{}', true); perform api.sign_in(); end $$`,
    answer: '401 auth.token_invalid',
  },
];

/** What decide_playback must say of a link in each state. */
const decisions: [rule: string, arrange: string, secret?: string][] = [
  ['play.allowed', 'null'],
  ['play.wrong_secret', 'null', `sha256('another')`],
  [
    'play.revoked',
    `update app.share_tokens set revoked_at = now(), revoked_by = coach_id, revoke_reason = 'Wrong person' where id = SHARE`,
  ],
  [
    'play.expired',
    `update app.share_tokens set created_at = now() - interval '5 days', expires_at = now() - interval '1 minute' where id = SHARE`,
  ],
  ['play.not_started', `update app.share_tokens set starts_at = now() + interval '1 hour' where id = SHARE`],
  ['play.views_exhausted', `update app.share_tokens set max_views = 1 where id = SHARE`],
  ['play.sign_in_needed', `update app.share_tokens set sign_in_required = true where id = SHARE`],
  ['play.recipient_needed', `update app.share_tokens set recipients_only = true where id = SHARE`],
  [
    'play.passphrase_needed',
    `update app.share_tokens set has_passphrase = true, passphrase_hash = '$argon2id$v=19$m=19456,t=2,p=1$' || repeat('A', 22) || '$' || repeat('b', 43)
     where id = SHARE`,
  ],
  ['play.coach_suspended', `update app.profiles set suspended_at = now() where subject = 'user_amelia_hart'`],
  ['play.video_unavailable', `update app.videos set status = 'deleted' where id = VIDEO`],
  ['play.switched_off', `update app.feature_flags set is_enabled = false where id = 'SIGNED_PLAYBACK_ENFORCED'`],
  ['play.not_ready', `update app.videos set status = 'processing' where id = VIDEO`],
  ['play.unknown_link', `update app.share_tokens set public_id = 'nowunknown12' where id = SHARE`],
];

const decided = decisions.map(
  ([rule, arrange, secret]): Scenario => ({
    rule: `the holder of a link is answered ${rule}`,
    as: 'superuser',
    statement: (key) => `do $do$
      declare share app.share_tokens; answer record;
      begin
        set local session_replication_role = 'replica';
        select * into share from app.share_tokens where id = ${key('app.share_tokens')};
        ${arrange === 'null' ? 'null' : arrange.replaceAll('SHARE', 'share.id').replaceAll('VIDEO', 'share.video_id')};
        set local session_replication_role = 'origin';
        set local role mm_service;
        select * into answer
        from app.decide_playback(share.public_id, ${secret ?? 'share.secret_hash'}, 'request-1', null, 'Firefox', 300);
        if answer.rule <> '${rule}' or answer.allowed <> ('${rule}' = 'play.allowed')
           or (answer.playback_id is null) = answer.allowed then
          raise exception '%', answer.rule;
        end if;
      end $do$`,
    answer: 'done',
  }),
);

/** What functions refuse, and what they decide. */
export const refusalScenarios: Scenario[] = [...callers, ...arranged, ...decided];
