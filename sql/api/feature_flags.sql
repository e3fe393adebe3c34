create view api.feature_flags with (security_invoker = true) as
select f.id, f.description, f.applies_to, f.is_enabled, f.rollout_percent, f.roles, f.version, f.updated_at, f.changed_by, f.reason
from app.feature_flags f;

comment on view api.feature_flags is 'The feature flags; for operators, admins and auditors.';
grant select on api.feature_flags to mm_operator, mm_admin, mm_auditor;

-- Which of the flags about people are on for the caller.
create function api.my_feature_flags() returns table (id text, is_on boolean)
language sql stable security definer
set search_path = ''
as $$
  select f.id, app.flag_enabled(f.id, authz.profile_id()::text, right(authz.caller_role(), -3))
  from app.feature_flags f
  where f.applies_to = 'people'
  order by f.id
$$;

comment on function api.my_feature_flags() is 'Which of the feature flags about people are on for the caller.';
grant execute on function api.my_feature_flags() to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

-- For how many a flag is on now, and would be with other settings: of the people by role, of the events of the last
-- 24 hours, or of the videos that are ready. Changes nothing.
create function api.preview_feature_flag(key text, is_enabled boolean, rollout_percent integer, roles text[] default '{}')
returns table (subjects text, subject_count bigint, on_now bigint, on_then bigint)
language plpgsql stable security definer
set search_path = ''
as $$
#variable_conflict use_variable
declare
  flag app.feature_flags;
begin
  perform authz.require_profile();
  flag := app.find_flag(key);
  roles := coalesce(roles, '{}');
  perform app.refuse_fields(app.flag_errors(flag, is_enabled, rollout_percent, roles));
  return query
    with subject as (
      select p.role as kind, p.id::text as id, p.role from app.profiles p
      where flag.applies_to = 'people' and p.suspended_at is null
      union all
      select 'webhook_events', e.event_id, null from app.webhook_events e
      where flag.applies_to = 'webhook_events' and e.provider = 'mux' and e.received_at > now() - interval '24 hours'
      union all
      select 'videos', v.id::text, null from app.videos v where flag.applies_to = 'videos' and v.status = 'ready'
    )
    select s.kind, count(*), count(*) filter (where app.flag_enabled(flag.id, s.id, s.role)),
           count(*) filter (where app.flag_applies(flag.id, is_enabled, rollout_percent, roles, s.id, s.role))
    from subject s group by s.kind order by s.kind;
end
$$;

comment on function api.preview_feature_flag(text, boolean, integer, text[]) is
  'For how many people, events of the last 24 hours or videos that are ready, a flag is on now and would be with these settings.';
grant execute on function api.preview_feature_flag(text, boolean, integer, text[]) to mm_operator, mm_admin;

-- Changes a flag, with a reason (CF-08), by somebody who has just confirmed who they are: a switch reaches everybody at once. `version` is the
-- one that the caller has seen: when somebody else was faster, nothing changes.
create function api.change_feature_flag(
  key text, is_enabled boolean, rollout_percent integer, reason text, version integer, roles text[] default '{}',
  out id text, out new_version integer
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  flag app.feature_flags := app.find_flag(key);
  wanted text[] := coalesce(change_feature_flag.roles, '{}');
begin
  perform app.refuse_fields(
    app.flag_errors(flag, change_feature_flag.is_enabled, change_feature_flag.rollout_percent, wanted)
    || app.reason_errors(change_feature_flag.reason));
  if flag.version is distinct from change_feature_flag.version then
    perform app.fail(409, 'flag.version_changed', 'Somebody else has changed this flag meanwhile. Please look at it again.');
  end if;

  perform authz.use_confirmation('feature_flag.changed');
  perform audit.explain('feature_flag.changed', btrim(change_feature_flag.reason));
  update app.feature_flags f
  set is_enabled = change_feature_flag.is_enabled,
      rollout_percent = change_feature_flag.rollout_percent,
      roles = array(select distinct r from unnest(wanted) r order by 1),
      changed_by = me,
      reason = btrim(change_feature_flag.reason)
  where f.id = flag.id and f.version = change_feature_flag.version
  returning f.id, f.version into change_feature_flag.id, change_feature_flag.new_version;
  if not found then
    perform app.fail(409, 'flag.version_changed', 'Somebody else has changed this flag meanwhile. Please look at it again.');
  end if;
  perform audit.explain();
end
$$;

comment on function api.change_feature_flag(text, boolean, integer, text, integer, text[]) is
  'Changes a feature flag, with a reason, when it still has this version. Needs a fresh confirmation.';
grant execute on function api.change_feature_flag(text, boolean, integer, text, integer, text[]) to mm_operator, mm_admin;
