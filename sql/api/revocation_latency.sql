-- The latency of every revocation, from the audit log (SH-08): whether anybody was let in afterwards, which must be nobody, and how long the last
-- playback token made before could still play.
create view api.revocation_latency with (security_invoker = true) as
select
  e.id,
  e.occurred_at,
  e.object_id as share_token_id,
  (e.after ->> 'revoked_at')::timestamptz as revoked_at,
  (
    select count(*) from app.playback_decisions d
    where d.share_token_id = e.object_id::uuid and d.allowed and d.decided_at > (e.after ->> 'revoked_at')::timestamptz
  ) as allowed_after,
  (
    select round(extract(epoch from greatest(max(d.token_expires_at) - (e.after ->> 'revoked_at')::timestamptz, interval '0')))::integer
    from app.playback_decisions d where d.share_token_id = e.object_id::uuid and d.allowed
  ) as last_token_seconds
from audit.entries e
where e.action = 'share_token.revoked';

comment on view api.revocation_latency is 'Every revocation in the audit log, who was let in after it, and how long the last token could still play; for admins, compliance staff and auditors.';
comment on column api.revocation_latency.allowed_after is 'Decisions that let somebody in after the revocation: 0, or something is broken.';
comment on column api.revocation_latency.last_token_seconds is 'Seconds from the revocation until the last playback token of the link died by itself, 900 at most; null when nobody ever played.';
grant select on api.revocation_latency to mm_admin, mm_compliance, mm_auditor;
