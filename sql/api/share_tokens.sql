create view api.share_tokens with (security_invoker = true) as
select
  t.id,
  t.public_id,
  t.video_id,
  (select v.title from app.videos v where v.id = t.video_id) as video_title,
  (select v.status from app.videos v where v.id = t.video_id) as video_status,
  t.coach_id,
  (select p.display_name from app.profiles p where p.id = t.coach_id) as coach_name,
  t.label,
  case
    when t.revoked_at is not null then 'revoked'
    when t.expires_at <= now() then 'expired'
    when t.starts_at > now() then 'scheduled'
    else 'active'
  end as status,
  t.created_at,
  t.starts_at,
  t.expires_at,
  t.revoked_at,
  t.revoke_reason,
  (select p.display_name from app.profiles p where p.id = t.revoked_by) as revoked_by_name,
  (select p.display_name from app.profiles p where p.id = t.created_by) as created_by_name,
  (
    select max(d.decided_at) from app.playback_decisions d
    where d.share_token_id = t.id and d.allowed and not d.is_renewal
  ) as last_played_at,
  (
    select count(*)::integer from app.playback_decisions d
    where d.share_token_id = t.id and d.allowed and not d.is_renewal
  ) as play_count,
  t.updated_at,
  t.version,
  t.note,
  t.max_views,
  (select coalesce(max(w.view_no), 0) from app.share_views w where w.share_token_id = t.id) as view_count,
  t.sign_in_required,
  t.recipients_only,
  t.has_passphrase,
  t.embed_origins,
  t.restores_id
from app.share_tokens t;

comment on view api.share_tokens is 'Share links: a coach''s own, or all for an admin. The label can be changed. The secret is not here, nor anywhere.';
comment on column api.share_tokens.status is 'scheduled, active, expired or revoked, as of now.';
comment on column api.share_tokens.video_status is 'Status of the video. A link that is active opens nothing while its video is not ready, and never when that failed.';
comment on column api.share_tokens.last_played_at is 'When somebody last began to watch.';
comment on column api.share_tokens.play_count is 'How often somebody began to watch; renewals while watching do not count.';
comment on column api.share_tokens.created_by_name is 'Who made it; empty for a coach when it was somebody else.';
comment on column api.share_tokens.revoked_by_name is 'Who revoked it; empty for a coach when it was somebody else.';
comment on column api.share_tokens.max_views is 'How many viewers may watch with it; null: any number.';
comment on column api.share_tokens.view_count is 'How many viewers have claimed a view, by beginning to watch.';
comment on column api.share_tokens.restores_id is 'The link that this one restores, with another secret; null for none.';
grant select, update (label) on api.share_tokens to mm_coach, mm_admin;
