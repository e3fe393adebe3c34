create view api.invitations with (security_invoker = true) as
select
  i.id,
  i.email,
  i.role,
  i.note,
  i.invited_by,
  (select p.display_name from app.profiles p where p.id = i.invited_by) as invited_by_name,
  i.created_at,
  case when i.state in ('queued', 'sent') and i.expires_at <= now() then 'expired' else i.state end as status,
  i.sendings,
  i.sent_at,
  i.expires_at,
  i.accepted_at,
  i.accepted_by,
  i.revoked_at,
  i.revoked_by,
  i.pending_step is not distinct from 'withdraw' as is_withdrawing,
  i.last_error
from app.invitations i;

comment on view api.invitations is 'Whom administrators have invited, and what became of it; for admins.';
comment on column api.invitations.status is 'queued, sent, accepted, revoked, expired or failed; expired also when nobody has written it down yet.';
comment on column api.invitations.is_withdrawing is 'Revoked here already, and about to be withdrawn at the identity provider.';
grant select on api.invitations to mm_admin;
