create view api.profiles with (security_invoker = true) as
select p.id, p.subject, p.role, p.email, p.display_name, p.created_at, p.last_seen_at, p.suspended_at,
       p.role_assigned_at, p.identity_deleted_at,
       case when p.suspended_at is null then 'active' else 'suspended' end as status
from app.profiles p;

comment on view api.profiles is 'Everybody who has signed in; for admins.';
comment on column api.profiles.status is 'active or suspended.';
grant select on api.profiles to mm_admin;

-- What hangs on an account, for whoever is about to suspend it, to give it another role or to end its sessions. The caller's own policies
-- decide what is read: an admin's reach everything.
create function api.profile_reach(profile_id uuid) returns table (
  id uuid, is_own boolean, is_last_admin boolean, open_sessions integer, videos integer, live_links integer, open_uploads integer
)
language plpgsql stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.profile_id();
  person app.profiles;
begin
  select p.* into person from app.profiles p where p.id = profile_reach.profile_id;
  if me is null or person.id is null then
    perform app.fail(404, 'profile.not_found', 'There is no such account.');
  end if;
  return query select
    person.id,
    person.id = me,
    person.role = 'admin' and not exists (
      select from app.profiles p where p.role = 'admin' and p.suspended_at is null and p.id <> person.id),
    (select count(*)::integer from authz.sessions s where s.profile_id = person.id and s.denied_at is null),
    (select count(*)::integer from app.videos v where v.coach_id = person.id and v.deleted_at is null),
    (select count(*)::integer from app.share_tokens t
     where t.coach_id = person.id and t.revoked_at is null and t.expires_at > now()),
    (select count(*)::integer from app.upload_jobs j
     where j.coach_id = person.id and j.state in ('requested', 'uploading', 'processing'));
end
$$;

comment on function api.profile_reach(uuid) is
  'What hangs on an account: sessions that have not been ended, videos, share links and uploads. For admins.';
grant execute on function api.profile_reach(uuid) to mm_admin;
