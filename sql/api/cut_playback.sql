-- What a cut of this video would meet now: links that live, viewers who watch (sessions and previews with a token that lives), and by when the
-- last token dies without a cut. Changes nothing.
create function api.preview_cut(
  video_id uuid, out live_links integer, out watching integer, out last_token_expires_at timestamptz, out is_under_way boolean
)
language plpgsql stable security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  video app.videos;
begin
  select v.* into video from app.videos v where v.id = preview_cut.video_id;
  if not found or not authz.can_manage(video.coach_id) then
    perform app.fail(404, 'video.not_found', 'There is no such video, or you may not cut it off.');
  end if;
  select count(*) into live_links from app.share_tokens t
  where t.video_id = video.id and t.revoked_at is null and t.expires_at > now();
  select count(distinct coalesce(d.session_id, d.id)), max(d.token_expires_at) into watching, last_token_expires_at
  from app.playback_decisions d
  where d.video_id = video.id and d.allowed and d.token_expires_at > now()
    and d.decided_at > now() - make_interval(secs => app.max_playback_token_ttl());
  is_under_way := exists (
    select from app.playback_cuts c where c.video_id = video.id and c.state in ('requested', 'switched', 'deleted'));
end
$$;

comment on function api.preview_cut(uuid) is 'What a cut of this video would meet now: live links, viewers, and when the last token dies without one.';
grant execute on function api.preview_cut(uuid) to mm_coach, mm_admin;

-- Cuts a video off now (SH-08): its playback id at Mux is replaced and the old one deleted by the worker, within seconds, so that tokens already
-- out open nothing. Links that live move on by themselves. For the video's owner or an admin, with a reason and a fresh confirmation.
-- `revoke_links` takes back every live link of the video in the same statement; `expected_count` is how many api.preview_cut showed.
create function api.cut_playback(
  video_id uuid, reason text, revoke_links boolean default false, expected_count integer default null,
  out cut_id uuid, out requested_at timestamptz, out revocation_id uuid, out token_count integer
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  why text := btrim(cut_playback.reason);
  video app.videos;
  asset app.mux_assets;
  chosen uuid[] := '{}';
  receipt app.revocations;
begin
  select v.* into video from app.videos v where v.id = cut_playback.video_id for key share;
  if not found or not authz.can_manage(video.coach_id) then
    perform app.fail(404, 'video.not_found', 'There is no such video, or you may not cut it off.');
  end if;
  perform app.refuse_fields(
    app.reason_errors(why)
    || case when revoke_links and (expected_count is null or expected_count < 1)
      then array[app.field_error('expected_count', 'range', 'Say how many links the preview showed, at least 1.')] else '{}' end);
  select a.* into asset from app.playable_asset(video.id) a;
  if asset.id is null then
    perform app.fail(409, 'video.not_ready', 'The video is not ready to be watched, so there is nothing to cut off.');
  end if;
  if revoke_links then
    chosen := app.lock_chosen_tokens(null, video.id, null, null, expected_count);
  end if;

  perform authz.use_confirmation('playback_cut.requested');
  if revoke_links then
    receipt := app.revoke_chosen(chosen, why, video.id, null, null);
  end if;
  revocation_id := receipt.id;
  token_count := cardinality(chosen);

  perform audit.explain('playback_cut.requested', why);
  insert into app.playback_cuts as c (video_id, coach_id, asset_id, requested_by, reason, revocation_id, old_playback_id)
  values (video.id, video.coach_id, asset.id, authz.profile_id(), why, receipt.id, asset.playback_id)
  on conflict (video_id) where state in ('requested', 'switched', 'deleted') do nothing
  returning c.id, c.requested_at into cut_id, cut_playback.requested_at;
  if not found then
    perform app.fail(409, 'cut.under_way', 'This video is being cut off already.');
  end if;
  perform audit.explain();
end
$$;

comment on function api.cut_playback(uuid, text, boolean, integer) is
  'Replaces a video''s playback id at Mux, so that tokens already out open nothing; with revoke_links its live links are revoked as well. Needs a fresh confirmation; progress is in api.playback_cuts.';
grant execute on function api.cut_playback(uuid, text, boolean, integer) to mm_coach, mm_admin;
