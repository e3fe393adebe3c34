-- Locks the account that an admin is about to suspend, restore or give another role, and refuses what holds for all three: one's own
-- account, one that does not exist, and taking the last admin away. The lock on the admins makes two who demote each other queue up.
create function app.lock_managed_profile(managed_id uuid, takes_admin boolean) returns app.profiles
language plpgsql volatile
set search_path = ''
as $$
declare
  managed app.profiles;
begin
  perform from app.profiles p where p.role = 'admin' or p.id = managed_id order by p.id for no key update;
  select p.* into managed from app.profiles p where p.id = managed_id;
  if not found then
    perform app.fail(404, 'profile.not_found', 'There is no such account.');
  end if;
  if managed.id = authz.profile_id() then
    perform app.fail(409, 'profile.own_account', 'You cannot do this to your own account. Please ask another administrator.');
  end if;
  if takes_admin and managed.role = 'admin' and not exists (
    select from app.profiles p where p.role = 'admin' and p.suspended_at is null and p.id <> managed.id
  ) then
    perform app.fail(409, 'profile.last_admin', 'This is the last administrator. Appoint another one first.');
  end if;
  return managed;
end
$$;
