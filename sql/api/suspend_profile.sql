-- Shuts somebody out, and lets them in again: for an admin who has just confirmed who they are, with a reason. Every request of a suspended
-- person is refused whatever their token says, and their share links let nobody watch.
create function api.suspend_profile(profile_id uuid, reason text, out id uuid, out suspended_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  managed app.profiles;
begin
  perform app.refuse_fields(app.reason_errors(suspend_profile.reason));
  managed := app.lock_managed_profile(suspend_profile.profile_id, true);
  if managed.suspended_at is not null then
    perform app.fail(409, 'profile.already_suspended', 'This account is suspended already.');
  end if;

  perform authz.use_confirmation('profile.suspended');
  perform audit.explain('profile.suspended', btrim(suspend_profile.reason));
  update app.profiles p set suspended_at = now() where p.id = managed.id
  returning p.id, p.suspended_at into suspend_profile.id, suspend_profile.suspended_at;
  perform audit.explain();
end
$$;

create function api.restore_profile(profile_id uuid, reason text, out id uuid, out restored_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  managed app.profiles;
begin
  perform app.refuse_fields(app.reason_errors(restore_profile.reason));
  managed := app.lock_managed_profile(restore_profile.profile_id, false);
  if managed.suspended_at is null then
    perform app.fail(409, 'profile.not_suspended', 'This account is not suspended.');
  end if;

  perform authz.use_confirmation('profile.restored');
  perform audit.explain('profile.restored', btrim(restore_profile.reason));
  update app.profiles p set suspended_at = null where p.id = managed.id
  returning p.id, p.updated_at into restore_profile.id, restore_profile.restored_at;
  perform audit.explain();
end
$$;

comment on function api.suspend_profile(uuid, text) is 'Refuses every request of a person from now on. Needs a fresh confirmation.';
comment on function api.restore_profile(uuid, text) is 'Lets a suspended person in again. Needs a fresh confirmation.';
grant execute on function api.suspend_profile(uuid, text), api.restore_profile(uuid, text) to mm_admin;
