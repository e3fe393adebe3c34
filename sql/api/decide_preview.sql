-- Decides whether the caller may watch a video without a link: its owner, or an admin, for whom it is a privileged read and an entry of
-- the audit log. Recorded as a playback decision. The api signs the tokens.
create function api.decide_preview(
  video_id uuid, token_ttl_seconds integer,
  out playback_id text, out title text, out duration_seconds numeric, out aspect_ratio text, out token_expires_at timestamptz
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  video app.videos;
begin
  perform app.check_token_ttl(token_ttl_seconds);
  select v.* into video from app.videos v where v.id = decide_preview.video_id;
  if not found or not authz.can_manage(video.coach_id) then
    perform app.fail(404, 'video.not_found', 'There is no such video, or you may not watch it.');
  end if;
  if not app.flag_enabled('SIGNED_PLAYBACK_ENFORCED', video.id::text) then
    perform app.fail(503, 'playback.paused', 'Playback is switched off for now.', null, 60);
  end if;
  select a.playback_id into decide_preview.playback_id from app.playable_asset(video.id) a;
  if video.status <> 'ready' or decide_preview.playback_id is null then
    perform app.fail(409, 'video.not_ready', 'The video is not ready to be watched.');
  end if;

  title := video.title;
  duration_seconds := video.duration_seconds;
  aspect_ratio := video.aspect_ratio;
  token_expires_at := now() + make_interval(secs => token_ttl_seconds);

  insert into app.playback_decisions (kind, allowed, rule, video_id, coach_id, profile_id, request_id, token_expires_at)
  values (
    'preview', true, 'play.allowed', video.id, video.coach_id, authz.profile_id(), authz.request_id(),
    decide_preview.token_expires_at);
  if authz.caller_role() = 'mm_admin' then
    perform audit.record('video.preview', 'video', video.id::text, video.coach_id);
  end if;
end
$$;

comment on function api.decide_preview(uuid, integer) is
  'Whether the caller may watch the video without a link; for its owner and for admins, whose watching is audited.';
grant execute on function api.decide_preview(uuid, integer) to mm_coach, mm_admin;
