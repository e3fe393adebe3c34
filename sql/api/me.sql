create view api.me with (security_invoker = true) as
select p.id, p.subject, p.role, p.email, p.display_name, p.created_at, p.last_seen_at
from app.profiles p
where p.subject = (select authz.subject());

comment on view api.me is 'The caller''s own profile; no row before the first api.sign_in().';
grant select on api.me to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
