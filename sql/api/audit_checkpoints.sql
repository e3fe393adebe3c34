create view api.audit_checkpoints with (security_invoker = true) as
select
  c.size as id,
  c.size,
  c.entries,
  encode(c.root, 'hex') as root,
  c.note,
  encode(c.key_id, 'hex') as key_id,
  c.verifier_key,
  c.signed_at
from audit.checkpoints c;

comment on view api.audit_checkpoints is 'Signed states of the audit log, for admins, compliance staff, operators and auditors.';
comment on column api.audit_checkpoints.id is 'The size, which no two checkpoints share.';
comment on column api.audit_checkpoints.root is 'Root of the tree over the batches, hex.';
comment on column api.audit_checkpoints.key_id is 'Id of the key that signed it, hex.';
grant select on api.audit_checkpoints to mm_admin, mm_compliance, mm_operator, mm_auditor;
