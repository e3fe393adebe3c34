create view api.my_notifications with (security_invoker = true) as
select n.id, n.kind, (select k.title from app.notification_kinds k where k.id = n.kind) as title, n.variables, n.created_at, n.read_at
from app.notifications n
where n.profile_id = (select authz.profile_id()) and n.is_in_app;

comment on view api.my_notifications is 'What the caller was told, in the app.';
comment on column api.my_notifications.title is 'What its kind is called.';
grant select on api.my_notifications to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

create view api.my_notification_preferences with (security_invoker = true) as
select k.id || ':' || c.channel as id, k.id as kind, k.title, c.channel, k.is_critical,
       k.is_critical or coalesce((
         select p.is_enabled from app.notification_preferences p
         where p.profile_id = (select authz.profile_id()) and p.kind = k.id and p.channel = c.channel), true) as is_enabled
from app.notification_kinds k
cross join lateral unnest(k.channels) c (channel)
where c.channel <> 'slack' and right((select authz.caller_role()), -3) = any (k.audience);

comment on view api.my_notification_preferences is 'The kinds of notices that the caller may get, by channel, and whether they want them (NT-04).';
comment on column api.my_notification_preferences.id is 'kind:channel.';
comment on column api.my_notification_preferences.is_critical is 'Cannot be switched off.';
grant select on api.my_notification_preferences to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

create view api.notification_deliveries with (security_invoker = true) as
select d.id, d.notification_id, d.kind, d.channel, d.destination, d.state, d.suppressed_by, d.attempts, d.last_error, d.provider_id,
       d.template_version, d.created_at, d.next_attempt_at, d.finished_at
from app.notification_deliveries d;

comment on view api.notification_deliveries is 'What was sent by mail and to the team, and what became of it; for operators and admins.';
grant select on api.notification_deliveries to mm_operator, mm_admin;

-- Marks a notice to the caller as read; again changes nothing.
create function api.mark_notification_read(notification_id uuid, out id uuid, out read_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
begin
  update app.notifications n set read_at = now()
  where n.id = notification_id and n.profile_id = me and n.is_in_app and n.read_at is null;
  select n.id, n.read_at into mark_notification_read.id, mark_notification_read.read_at
  from app.notifications n where n.id = notification_id and n.profile_id = me and n.is_in_app;
  if not found then
    perform app.fail(404, 'notification.not_found', 'There is no such notice, or it is not to you.');
  end if;
end
$$;

comment on function api.mark_notification_read(uuid) is 'Marks a notice to the caller as read.';
grant execute on function api.mark_notification_read(uuid) to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

-- Says whether the caller wants a kind of notice by a channel. What is critical cannot be switched off (NT-04).
create function api.set_notification_preference(kind text, channel text, is_enabled boolean, out id text, out enabled boolean)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  about app.notification_kinds;
begin
  select k.* into about from app.notification_kinds k
  where k.id = set_notification_preference.kind and right(authz.caller_role(), -3) = any (k.audience);
  perform app.refuse_fields(array_remove(array[
    case when about.id is null then app.field_error('kind', 'choice', 'You get no notices of this kind.') end,
    case when coalesce(
        set_notification_preference.channel not in ('in_app', 'email') or not set_notification_preference.channel = any (about.channels), true)
      then app.field_error('channel', 'choice', 'Notices of this kind do not come by this channel.') end,
    case when set_notification_preference.is_enabled is null
      then app.field_error('is_enabled', 'required', 'Say whether you want them.') end
  ], null));
  if about.is_critical and not set_notification_preference.is_enabled then
    perform app.fail(409, 'notification.critical', 'Notices of this kind cannot be switched off.');
  end if;
  insert into app.notification_preferences as p (profile_id, kind, channel, is_enabled)
  values (me, about.id, set_notification_preference.channel, set_notification_preference.is_enabled)
  on conflict (profile_id, kind, channel) do update set is_enabled = excluded.is_enabled
  returning p.kind || ':' || p.channel, p.is_enabled into set_notification_preference.id, set_notification_preference.enabled;
end
$$;

comment on function api.set_notification_preference(text, text, boolean) is 'Says whether the caller wants a kind of notice by a channel.';
grant execute on function api.set_notification_preference(text, text, boolean)
  to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
