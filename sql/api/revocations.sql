create view api.revocations with (security_invoker = true) as
select
  r.id,
  r.revoked_at,
  r.revoked_by,
  (select p.display_name from app.profiles p where p.id = r.revoked_by) as revoked_by_name,
  r.reason,
  r.of_video_id,
  r.of_coach_id,
  r.token_count,
  r.last_byte_possible_by,
  r.filter
from app.revocations r;

comment on view api.revocations is 'Receipts of bulk revocations: a coach''s own, or all for an admin.';
grant select on api.revocations to mm_coach, mm_admin;

create view api.revoked_tokens with (security_invoker = true) as
select
  r.share_token_id as id,
  r.revocation_id,
  r.coach_id,
  (select t.public_id from app.share_tokens t where t.id = r.share_token_id) as public_id,
  (select t.label from app.share_tokens t where t.id = r.share_token_id) as label,
  r.last_decision_at,
  r.last_byte_possible_by,
  r.last_heartbeat_at,
  (
    select min(moment.at) from (
      select r.last_byte_possible_by as at
      union all
      -- A cut that switched after the revocation retired every id that a token of the link can have been for.
      select c.deleted_at from app.share_tokens t join app.playback_cuts c on c.video_id = t.video_id
      where t.id = r.share_token_id and c.switched_at >= t.revoked_at and c.state = 'confirmed'
    ) moment
    where moment.at <= now()
  ) as dead_since
from app.revoked_tokens r;

comment on view api.revoked_tokens is 'The lines of those receipts: about a coach''s own links, whoever took them back, or all for an admin.';
comment on column api.revoked_tokens.id is 'The share link''s id.';
comment on column api.revoked_tokens.dead_since is 'Since when nothing of it can be played: the last token died, or a cut came first. Null while something still can.';
grant select on api.revoked_tokens to mm_coach, mm_admin;
