-- Gives somebody another role: for an admin who has just confirmed who they are, with a reason. From then on a token that names another
-- role is refused (authz.check_request), so that the role that was taken away is gone at once, whatever the identity provider still
-- says. The new one works as soon as their tokens name it.
create function api.change_role(profile_id uuid, new_role text, reason text, out id uuid, out role text, out role_assigned_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  managed app.profiles;
  errors jsonb[] := app.reason_errors(change_role.reason);
begin
  if new_role is null or new_role not in ('coach', 'admin', 'compliance', 'operator', 'auditor') then
    errors := errors
      || app.field_error('new_role', 'choice', 'The role is one of coach, admin, compliance, operator and auditor.');
  end if;
  perform app.refuse_fields(errors);
  managed := app.lock_managed_profile(change_role.profile_id, new_role <> 'admin');
  if managed.role = new_role and managed.role_assigned_at is not null then
    perform app.fail(409, 'profile.role_unchanged', format('This person is assigned the role %s already.', new_role));
  end if;

  perform authz.use_confirmation('profile.role_changed');
  perform audit.explain('profile.role_changed', btrim(change_role.reason));
  update app.profiles p set role = new_role, role_assigned_at = now()
  where p.id = managed.id
  returning p.id, p.role, p.role_assigned_at into change_role.id, change_role.role, change_role.role_assigned_at;
  perform audit.explain();
end
$$;

comment on function api.change_role(uuid, text, text) is
  'Gives a person another role; tokens that name another are refused from then on. Needs a fresh confirmation.';
grant execute on function api.change_role(uuid, text, text) to mm_admin;
