create view api.audit_entries with (security_invoker = true) as
select
  e.id,
  e.occurred_at,
  e.actor_subject,
  (select p.display_name from app.profiles p where p.id = e.actor_profile_id) as actor_name,
  e.actor_role,
  e.acting_as,
  e.door,
  e.request_id,
  e.action,
  e.object_type,
  e.object_id,
  e.owner_id,
  e.before,
  e.after,
  e.reason
from audit.entries e;

comment on view api.audit_entries is 'The audit log: about what is a coach''s own, or whole for admins, compliance staff and auditors.';
comment on column api.audit_entries.actor_name is 'Name of who did it; empty for those who may not see that person.';
grant select on api.audit_entries to mm_coach, mm_admin, mm_compliance, mm_auditor;
