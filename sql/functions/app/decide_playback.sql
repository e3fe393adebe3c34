-- Decides whether the holder of a link may watch now, and records the decision with the rule that made it (SH-07, SH-08, SH-10). The
-- rules are asked in this order; the first that applies decides. Everything about the video is null unless the answer is yes.
--
-- The link's row is locked in share mode: a revocation waits for the decisions under way and then sees them, so that the moment it
-- states as the last possible one is true.
create function app.decide_playback(
  public_id text, secret_hash bytea, request_id text, ip_hash bytea, user_agent_family text, token_ttl_seconds integer,
  out allowed boolean, out rule text, out share_token_id uuid, out video_id uuid, out title text, out playback_id text,
  out duration_seconds numeric, out aspect_ratio text, out share_expires_at timestamptz, out token_expires_at timestamptz
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  share app.share_tokens;
  video app.videos;
  asset app.mux_assets;
  coach_suspended boolean;
  is_renewal boolean := false;
begin
  perform app.check_token_ttl(token_ttl_seconds);

  select t.* into share from app.share_tokens t where t.public_id = decide_playback.public_id for share;
  if share.id is not null then
    select v.* into video from app.videos v where v.id = share.video_id;
    select p.suspended_at is not null into coach_suspended from app.profiles p where p.id = share.coach_id;
    select a.* into asset from app.playable_asset(share.video_id) a;
  end if;

  rule := case
    when share.id is null then 'play.unknown_link'
    when share.secret_hash is distinct from decide_playback.secret_hash then 'play.wrong_secret'
    when share.revoked_at is not null then 'play.revoked'
    when share.expires_at <= now() then 'play.expired'
    when share.starts_at > now() then 'play.not_started'
    when coach_suspended then 'play.coach_suspended'
    when video.status in ('cancelled', 'errored', 'deleted') then 'play.video_unavailable'
    when video.status <> 'ready' or asset.id is null then 'play.not_ready'
    else 'play.allowed'
  end;
  allowed := rule = 'play.allowed';

  if allowed then
    share_token_id := share.id;
    video_id := video.id;
    title := video.title;
    playback_id := asset.playback_id;
    duration_seconds := video.duration_seconds;
    aspect_ratio := video.aspect_ratio;
    share_expires_at := share.expires_at;
    token_expires_at := least(now() + make_interval(secs => token_ttl_seconds), share.expires_at);
    is_renewal := exists (
      select from app.playback_decisions d
      where d.share_token_id = share.id and d.ip_hash = decide_playback.ip_hash and d.allowed
        and d.token_expires_at > now()
        -- No token that lives now is older; it spares a look into the other months.
        and d.decided_at > now() - make_interval(secs => app.max_playback_token_ttl()));
  end if;

  insert into app.playback_decisions (
    kind, allowed, is_renewal, rule, share_token_id, video_id, coach_id, public_id, request_id, ip_hash, user_agent_family,
    token_expires_at)
  values (
    'share', decide_playback.allowed, is_renewal, decide_playback.rule, share.id, share.video_id, share.coach_id,
    left(decide_playback.public_id, 64), left(decide_playback.request_id, 200), decide_playback.ip_hash,
    left(decide_playback.user_agent_family, 100), decide_playback.token_expires_at);
end
$$;

grant execute on function app.decide_playback(text, bytea, text, bytea, text, integer) to mm_service;
