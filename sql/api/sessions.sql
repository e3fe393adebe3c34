create view api.sessions with (security_invoker = true) as
select
  s.id,
  s.profile_id,
  (select p.display_name from app.profiles p where p.id = s.profile_id) as display_name,
  s.id = (select authz.claims()) ->> 'sid' as is_current,
  s.first_seen_at,
  s.last_seen_at,
  s.denied_at,
  s.deny_reason
from authz.sessions s;

comment on view api.sessions is 'Sessions that signed in here, and the denied ones: one''s own, or all for an admin.';
comment on column api.sessions.is_current is 'Whether it is the session that asks.';
grant select on api.sessions to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
