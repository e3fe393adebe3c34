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
  e.reason,
  (select l.batch_no from audit.leaves l where l.entry_id = e.id and l.occurred_at = e.occurred_at) as batch_no,
  (select b.sealed_at
   from audit.leaves l join audit.batches b on b.no = l.batch_no
   where l.entry_id = e.id and l.occurred_at = e.occurred_at) as sealed_at
from audit.entries e;

comment on view api.audit_entries is 'The audit log: about what is a coach''s own, or whole for admins, compliance staff and auditors.';
comment on column api.audit_entries.actor_name is 'Name of who did it; empty for those who may not see that person.';
comment on column api.audit_entries.batch_no is 'The Merkle batch that seals the entry; null for the moment before it is sealed.';
comment on column api.audit_entries.sealed_at is 'When that was.';
grant select on api.audit_entries to mm_coach, mm_admin, mm_compliance, mm_auditor;
