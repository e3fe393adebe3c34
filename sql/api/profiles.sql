create view api.profiles with (security_invoker = true) as
select p.id, p.subject, p.role, p.email, p.display_name, p.created_at, p.last_seen_at, p.suspended_at,
       p.role_assigned_at, p.identity_deleted_at
from app.profiles p;

comment on view api.profiles is 'Everybody who has signed in; for admins.';
grant select on api.profiles to mm_admin;
