import type { Scenario } from '../scenario.ts';

/** Identity, owner and scope of a row, by table: no update changes them, whoever asks. */
const kept: Record<string, Record<string, string>> = {
  'app.profiles': { id: 'uuidv7()', subject: `'user_somebody'`, created_at: `now() - interval '1 year'` },
  'authz.sessions': { id: `'another session'`, first_seen_at: `now() - interval '1 year'` },
  'app.erasure_requests': {
    id: 'uuidv7()',
    profile_id: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    requested_by: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    requested_at: `now() - interval '1 year'`,
    due_at: `now() + interval '1 year'`,
  },
  'app.erasure_steps': {
    id: 'uuidv7()',
    request_id: 'uuidv7()',
    profile_id: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    system: `'resend'`,
    phase: '4',
    action: `'suspend'`,
    target: `'another'`,
    is_manual: 'false',
    planned_at: `now() - interval '1 year'`,
  },
  'app.legal_holds': {
    id: 'uuidv7()',
    profile_id: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    placed_by: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    placed_at: `now() - interval '1 year'`,
  },
  'app.videos': {
    id: 'uuidv7()',
    coach_id: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    created_at: `now() - interval '1 year'`,
  },
  'app.upload_jobs': {
    id: 'uuidv7()',
    video_id: 'uuidv7()',
    coach_id: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    file_fingerprint: `repeat('0', 64)`,
    requested_at: `now() - interval '1 year'`,
  },
  'app.share_tokens': {
    id: 'uuidv7()',
    public_id: `'abcdefghijkl'`,
    secret_hash: `sha256('another')`,
    video_id: 'uuidv7()',
    coach_id: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    created_by: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    created_at: `now() - interval '1 hour'`,
    starts_at: `now() + interval '1 hour'`,
    expires_at: `now() + interval '6 days'`,
    sign_in_required: 'true',
    has_passphrase: 'true',
    passphrase_hash: `'another'`,
    restores_id: 'id',
  },
  'app.share_recipients': {
    id: 'uuidv7()',
    share_token_id: 'uuidv7()',
    coach_id: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    kind: `'domain'`,
    value: `'bob@club.example'`,
    created_at: `now() - interval '1 hour'`,
  },
};

const keepScenarios = Object.entries(kept).flatMap(([table, columns]) =>
  Object.entries(columns).map(
    ([column, value]): Scenario => ({
      rule: `nobody changes ${column} of ${table} by an update`,
      as: 'superuser',
      statement: (key) => `update ${table} set ${column} = ${value} where id = ${key(table)}`,
      answer: '409 data.immutable',
    }),
  ),
);

const keptOfEvents: Record<string, string> = {
  id: 'uuidv7()',
  provider: `'another'`,
  event_id: `'another'`,
  received_at: `received_at - interval '1 minute'`,
  body: `'{"another": true}'`,
  type: `'video.asset.deleted'`,
  object_id: `'another'`,
  signed_at: `signed_at - interval '1 minute'`,
};

const eventScenarios: Scenario[] = [
  ...Object.entries(keptOfEvents).map(
    ([column, value]): Scenario => ({
      rule: `nobody changes ${column} of app.webhook_events by an update`,
      as: 'superuser',
      statement: (key) =>
        `update app.webhook_events set ${column} = ${value} where id = ${key('app.webhook_events', 'nobody')}`,
      answer: '409 data.immutable',
    }),
  ),
  {
    rule: 'an event that was processed is not received again',
    as: 'superuser',
    statement: (key) => `do $$ begin
      update app.webhook_events set state = 'processed' where id = ${key('app.webhook_events', 'nobody')};
      update app.webhook_events set state = 'received' where id = ${key('app.webhook_events', 'nobody')};
    end $$`,
    answer: '409 webhook.state_final',
  },
];

const stateScenarios: Scenario[] = [
  {
    rule: 'the status of a video never moves down',
    as: 'superuser',
    statement: (key) => `update app.videos set status = 'processing' where id = ${key('app.videos')}`,
    answer: '409 video.status_backwards',
  },
  {
    rule: 'the state of an upload never moves down',
    as: 'superuser',
    statement: (key) => `do $$ begin
      update app.upload_jobs set state = 'processing' where id = ${key('app.upload_jobs')};
      update app.upload_jobs set state = 'uploading' where id = ${key('app.upload_jobs')};
    end $$`,
    answer: '409 upload.state_backwards',
  },
  {
    rule: 'the status of an asset never moves down',
    as: 'superuser',
    statement: (key) => `update app.mux_assets set status = 'preparing' where id = ${key('app.mux_assets')}`,
    answer: '409 asset.status_backwards',
  },
  {
    rule: 'a request to erase is decided once',
    as: 'superuser',
    statement: (key) => `do $$ begin
      update app.erasure_requests set state = 'declined', decided_at = now(), decided_by = profile_id, decision_reason = 'None'
      where id = ${key('app.erasure_requests')};
      update app.erasure_requests set state = 'approved' where id = ${key('app.erasure_requests')};
    end $$`,
    answer: '409 erasure.decided',
  },
  {
    rule: 'a step of an erasure that has ended does not begin again by itself',
    as: 'superuser',
    statement: (key) => `do $$ begin
      update app.erasure_steps set state = 'done', finished_at = now(), evidence = '{}' where id = ${key('app.erasure_steps')};
      update app.erasure_steps set state = 'running', finished_at = null where id = ${key('app.erasure_steps')};
    end $$`,
    answer: '409 erasure.step_state',
  },
  {
    rule: 'the name of a column that is being erased opens nothing to whoever is not the owner of the rules',
    as: 'superuser',
    statement: (key) => `do $$ begin
      perform set_config('mm.erasing_column', 'app.profiles.subject', true);
      update app.profiles set subject = 'user_somebody' where id = ${key('app.profiles')};
    end $$`,
    answer: '409 data.immutable',
  },
  {
    rule: 'nor does it let the values of others in the log go',
    as: 'superuser',
    statement: (key) => `do $$ begin
      perform set_config('mm.erasing', ${key('app.profiles', 'other')}::text, true);
      perform set_config('mm.erasing_column', 'app.videos.title', true);
      delete from audit.disclosures where entry_id = ${key('audit.disclosures')};
    end $$`,
    answer: '403 audit.append_only',
  },
  {
    rule: 'a hold that was lifted stays lifted',
    as: 'superuser',
    statement: (key) => `do $$ begin
      update app.legal_holds set lifted_at = now(), lifted_by = profile_id, lift_reason = 'Over' where id = ${key('app.legal_holds')};
      update app.legal_holds set lifted_at = null, lifted_by = null, lift_reason = null where id = ${key('app.legal_holds')};
    end $$`,
    answer: '409 data.immutable',
  },
  {
    rule: 'a session that was ended stays ended',
    as: 'superuser',
    statement: (key) => `do $$ begin
      update authz.sessions set denied_at = now(), denied_by = profile_id, deny_reason = 'Stolen' where id = ${key('authz.sessions')};
      update authz.sessions set denied_at = null, denied_by = null, deny_reason = null where id = ${key('authz.sessions')};
    end $$`,
    answer: '409 session.already_denied',
  },
  {
    rule: 'a revocation is final',
    as: 'superuser',
    statement: (key) => `do $$ begin
      update app.share_tokens set revoked_at = now(), revoked_by = coach_id, revoke_reason = 'Wrong person'
      where id = ${key('app.share_tokens')};
      update app.share_tokens set revoked_at = null, revoked_by = null, revoke_reason = null where id = ${key('app.share_tokens')};
    end $$`,
    answer: '409 share.already_revoked',
  },
];

const appendOnly: Scenario[] = (
  [
    ['audit.entries', 'id', 'request_id = request_id'],
    ['app.playback_decisions', 'id', 'request_id = request_id'],
    ['app.erasure_receipts', 'id', 'request_id = request_id'],
    ['app.playback_events', 'session_id', `kind = 'ended'`],
  ] as const
).flatMap(([table, column, set]) =>
  [
    { verb: 'changes', text: (key: string) => `update ${table} set ${set} where ${column} = ${key}` },
    { verb: 'deletes', text: (key: string) => `delete from ${table} where ${column} = ${key}` },
    { verb: 'truncates', text: () => `truncate ${table}` },
  ].map(({ verb, text }) => ({
    rule: `nobody ${verb} rows of ${table}, not even the superuser`,
    as: 'superuser' as const,
    statement: (key) => text(key(table)),
    answer: '403 audit.append_only',
  })),
);

/** Fails unless the condition holds after the statement. */
function expectAfter(statement: string, condition: string): string {
  return `do $do$ begin
    ${statement};
    if not coalesce((${condition}), false) then raise exception 'It was not so afterwards.'; end if;
  end $do$`;
}

const trimmed: Scenario[] = [
  {
    rule: 'what people write is trimmed: titles',
    as: 'superuser',
    statement: (key) =>
      expectAfter(
        `update app.videos set title = '  Deadlift  ' where id = ${key('app.videos')}`,
        `select title = 'Deadlift' from app.videos where id = ${key('app.videos')}`,
      ),
    answer: 'done',
  },
  {
    rule: 'an empty label is no label',
    as: 'superuser',
    statement: (key) =>
      expectAfter(
        `update app.share_tokens set label = '  ' where id = ${key('app.share_tokens')}`,
        `select label is null from app.share_tokens where id = ${key('app.share_tokens')}`,
      ),
    answer: 'done',
  },
  ...['app.videos', 'app.share_tokens'].map(
    (table): Scenario => ({
      rule: `every update of ${table} counts the version up`,
      as: 'superuser',
      statement: (key) =>
        expectAfter(
          `update ${table} set ${table === 'app.videos' ? 'title' : 'label'} = 'Another' where id = ${key(table)}`,
          `select version = 2 and updated_at = now() from ${table} where id = ${key(table)}`,
        ),
      answer: 'done',
    }),
  ),
  ...[
    { table: 'app.profiles', set: `display_name = 'Another'` },
    { table: 'app.upload_jobs', set: `state = 'processing'` },
    { table: 'app.mux_assets', set: `aspect_ratio = '9:16'` },
  ].map(
    ({ table, set }): Scenario => ({
      rule: `every update of ${table} says when`,
      as: 'superuser',
      statement: (key) =>
        expectAfter(
          `update ${table} set updated_at = '2020-01-01Z', ${set} where id = ${key(table)}`,
          `select updated_at = now() from ${table} where id = ${key(table)}`,
        ),
      answer: 'done',
    }),
  ),
];

/** Tables that bear authority, with a change of a row that nothing refuses. */
const audited: { table: string; object: string; set: string }[] = [
  { table: 'app.profiles', object: 'profile', set: `role = 'auditor'` },
  { table: 'app.videos', object: 'video', set: `title = 'Another'` },
  { table: 'app.upload_jobs', object: 'upload_job', set: `state = 'processing'` },
  { table: 'app.mux_assets', object: 'mux_asset', set: `aspect_ratio = '9:16'` },
  { table: 'app.share_tokens', object: 'share_token', set: `label = 'Another'` },
  {
    table: 'app.erasure_requests',
    object: 'erasure_request',
    set: `state = 'declined', decided_at = now(), decided_by = profile_id, decision_reason = 'None'`,
  },
  {
    table: 'app.legal_holds',
    object: 'legal_hold',
    set: `lifted_at = now(), lifted_by = profile_id, lift_reason = 'Over'`,
  },
  {
    table: 'authz.sessions',
    object: 'session',
    set: `denied_at = now(), denied_by = profile_id, deny_reason = 'Stolen'`,
  },
];

const auditScenarios = audited.flatMap(({ table, object, set }): Scenario[] => {
  const entry = (key: string, action: string) =>
    `select count(*) = 1 from audit.entries where object_type = '${object}' and object_id = ${key}::text and action = '${object}.${action}'`;
  return [
    {
      rule: `every change of a row of ${table} is one entry of the audit log`,
      as: 'superuser',
      statement: (key) =>
        expectAfter(`update ${table} set ${set} where id = ${key(table)}`, entry(key(table), 'updated')),
      answer: 'done',
    },
    {
      // Made and deleted as a copy under another key, with foreign keys and uniqueness left aside by what is copied.
      rule: `every new and every deleted row of ${table} is an entry of the audit log`,
      as: 'superuser',
      statement: (key) => {
        const keyed = table === 'app.mux_assets' || table === 'authz.sessions';
        const fresh = keyed ? `'fresh'` : `'01900000-0000-7000-8000-00000000f00d'`;
        const changes: Record<string, string> = {
          'app.profiles': `, 'subject', 'user_fresh'`,
          'app.videos': '',
          // A second open one for the same person there cannot be.
          'app.erasure_requests': `, 'state', 'declined', 'decided_at', now(), 'decided_by', t.profile_id, 'decision_reason', 'None'`,
          'app.legal_holds': `, 'lifted_at', now(), 'lifted_by', t.profile_id, 'lift_reason', 'Over'`,
          'authz.sessions': '',
          'app.upload_jobs': `, 'video_id', (select v.id from app.videos v where v.title = 'Fresh'), 'mux_upload_id', null`,
          'app.mux_assets': `, 'playback_id', null`,
          'app.share_tokens': `, 'public_id', 'freshfresh12', 'secret_hash', '\\x' || repeat('ab', 32)`,
        };
        const video =
          table === 'app.upload_jobs'
            ? `insert into app.videos (coach_id, title) select coach_id, 'Fresh' from app.upload_jobs where id = ${key(table)};`
            : '';
        return expectAfter(
          `${video}
           insert into ${table} select (jsonb_populate_record(null::${table},
             to_jsonb(t) || jsonb_build_object('id', ${fresh}${changes[table]}))).* from ${table} t where t.id = ${key(table)};
           delete from ${table} where id = ${fresh}`,
          `(${entry(fresh, 'created')}) and (${entry(fresh, 'deleted')})`,
        );
      },
      answer: 'done',
    },
  ];
});

const sharing: Scenario[] = [
  ...Object.entries({
    share_token_id: 'uuidv7()',
    view_no: '2',
    session_id: 'uuidv7()',
    coach_id: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    claimed_at: `now() - interval '1 hour'`,
  }).map(
    ([column, value]): Scenario => ({
      rule: `nobody changes ${column} of app.share_views by an update`,
      as: 'superuser',
      statement: (key) =>
        `update app.share_views set ${column} = ${value} where share_token_id = ${key('app.share_views')}`,
      answer: '409 data.immutable',
    }),
  ),
  ...Object.entries({
    id: 'uuidv7()',
    share_token_id: 'uuidv7()',
    video_id: 'uuidv7()',
    coach_id: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    started_at: `now() - interval '1 hour'`,
  }).map(
    ([column, value]): Scenario => ({
      rule: `nobody changes ${column} of app.playback_sessions by an update`,
      as: 'superuser',
      statement: (key) =>
        `update app.playback_sessions set ${column} = ${value} where id = ${key('app.playback_sessions')}`,
      answer: '409 data.immutable',
    }),
  ),
  {
    rule: 'a link for recipients never becomes one for everybody',
    as: 'superuser',
    statement: (key) => `do $$ begin
      update app.share_tokens set recipients_only = true where id = ${key('app.share_tokens')};
      update app.share_tokens set recipients_only = false where id = ${key('app.share_tokens')};
    end $$`,
    answer: '409 data.immutable',
  },
  ...(
    [
      [
        'the end of a link moves later in the words of its function',
        'extend',
        `expires_at + interval '1 hour'`,
        'done',
      ],
      ['the end of a link never moves earlier', 'extend', `expires_at - interval '1 hour'`, '409 data.immutable'],
      [
        'the end of a link is not moved by rotating it',
        'rotate',
        `expires_at + interval '1 hour'`,
        '409 data.immutable',
      ],
    ] as const
  ).map(
    ([rule, told, value, answer]): Scenario => ({
      rule,
      as: 'superuser',
      statement: (key) => `do $$ begin
        perform set_config('mm.share_change', '${told} ' || ${key('app.share_tokens')}, true);
        update app.share_tokens set expires_at = ${value} where id = ${key('app.share_tokens')};
      end $$`,
      answer,
    }),
  ),
  ...(['extend', 'rotate'] as const).flatMap((told) =>
    (
      [
        'revoked_at = now(), revoked_by = coach_id, revoke_reason = $r$Over$r$',
        `expires_at = now() - interval '1 minute', created_at = now() - interval '5 days'`,
      ] as const
    ).map(
      (ended): Scenario => ({
        rule: `nobody may ${told} a link that is over: ${ended}`,
        as: 'superuser',
        statement: (key) => `do $do$ begin
          set local session_replication_role = 'replica';
          update app.share_tokens set ${ended} where id = ${key('app.share_tokens')};
          set local session_replication_role = 'origin';
          perform set_config('mm.share_change', '${told} ' || ${key('app.share_tokens')}, true);
          update app.share_tokens set ${told === 'extend' ? `expires_at = expires_at + interval '1 hour'` : `secret_hash = sha256('another')`}
          where id = ${key('app.share_tokens')};
        end $do$`,
        answer: '409 data.immutable',
      }),
    ),
  ),
  ...(['created', 'deleted'] as const).map(
    (action): Scenario => ({
      rule: `a recipient that is ${action} is an entry of the audit log`,
      as: 'superuser',
      statement: (key) =>
        expectAfter(
          action === 'created'
            ? `insert into app.share_recipients (share_token_id, coach_id, kind, value)
               select share_token_id, coach_id, 'domain', 'team.example' from app.share_recipients where id = ${key('app.share_recipients')}`
            : `delete from app.share_recipients where id = ${key('app.share_recipients')}`,
          `select count(*) = 1 from audit.entries where action = 'share_recipient.${action}'`,
        ),
      answer: 'done',
    }),
  ),
];

/** What triggers hold against everybody. */
export const guardScenarios: Scenario[] = [
  ...sharing,
  ...keepScenarios,
  ...eventScenarios,
  ...stateScenarios,
  ...appendOnly,
  ...trimmed,
  ...auditScenarios,
];
