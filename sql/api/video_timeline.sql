-- The story of one video on one screen, newest first: its upload and recording step by step, Mux's events about them (for an admin, who may read
-- the inbox), what was done to it and its links, with who and why, and what was watched, summed up by the day. A page ends where the next one
-- begins: `before_at` and `before_id` are of the last line of the page before.
create function api.video_timeline(
  video_id uuid, before_at timestamptz default null, before_id text default null, page_size integer default 50,
  time_zone text default 'UTC'
) returns table (
  id text, at timestamptz, source text, step text, object_type text, object_id text, object_name text, actor_name text, reason text,
  facts jsonb
)
language plpgsql stable security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  video app.videos;
  until timestamptz := coalesce(before_at, 'infinity');
  rows_wanted integer := least(greatest(coalesce(page_size, 50), 1), 200);
begin
  perform app.today_in(time_zone);
  select v.* into video from app.videos v where v.id = video_timeline.video_id;
  if not found or not authz.can_manage(video.coach_id) then
    perform app.fail(404, 'video.not_found', 'There is no such video, or it is not yours.');
  end if;

  return query
  with jobs as materialized (select j.* from app.upload_jobs j where j.video_id = video.id),
  assets as materialized (select a.* from app.mux_assets a where a.video_id = video.id),
  links as materialized (select t.id, t.label, t.public_id, t.expires_at, t.revoked_at from app.share_tokens t where t.video_id = video.id),
  objects as (
    select 'video' as type, video.id as id, null as name
    union all select 'share_token', l.id, coalesce(l.label, l.public_id) from links l
    union all select 'playback_cut', c.id, null from app.playback_cuts c where c.video_id = video.id
  ), told as (
    select 'upload:' || j.id || ':' || s.step as id, s.at, 'upload' as source, s.step, 'upload_job' as object_type, j.id::text as object_id,
           j.file_name as object_name, null as actor_name, null as reason,
           case when s.step = 'errored' then jsonb_build_object('error', j.error_code) end as facts
    from jobs j
    cross join lateral (values
      (j.requested_at, 'requested'), (j.uploading_at, 'uploading'), (j.processing_at, 'processing'), (j.finished_at, j.state)) s (at, step)
    union all
    select 'asset:' || md5(a.id) || ':' || s.step, s.at, 'asset', s.step, 'mux_asset', null, null, null, null,
           case when s.step = 'errored' then jsonb_build_object('error', a.error_type) end
    from assets a
    cross join lateral (values
      (a.created_at, 'created'), (a.ready_at, 'ready'), (a.errored_at, 'errored'), (a.deleted_at, 'deleted')) s (at, step)
    union all
    select 'event:' || e.id, e.received_at, 'event', e.type, 'webhook_event', e.id::text, e.event_id, null, null,
           jsonb_build_object('state', e.state, 'attempts', e.attempts)
    from app.webhook_events e
    where authz.caller_role() = 'mm_admin' and e.provider = 'mux'
      and e.object_id in (select j.mux_upload_id from jobs j union all select a.id from assets a)
    union all
    select 'link:' || l.id || ':expired', l.expires_at, 'link', 'expired', 'share_token', l.id::text, coalesce(l.label, l.public_id), null,
           null, null
    from links l where l.expires_at <= now() and l.revoked_at is null
    union all
    select 'act:' || e.id, e.occurred_at, 'act', e.action, e.object_type, e.object_id, o.name,
           (select p.display_name from app.profiles p where p.id = e.actor_profile_id and app.may_name(p.id)), e.reason, null
    from objects o
    join audit.entries e on e.object_type = o.type and e.object_id = o.id::text
    -- What events move is told by the steps of the upload and the recording.
    where e.occurred_at < until + interval '1 microsecond' and not (e.action = 'video.updated' and e.actor_profile_id is null)
    union all
    select 'plays:' || p.day, p.at, 'plays', 'watched', 'video', video.id::text, null, null, null,
           jsonb_build_object('plays', p.plays, 'measured', p.measured, 'watch_seconds', round(p.watched / 1000.0, 3))
    from (
      select (s.started_at at time zone time_zone)::date as day, max(s.started_at) as at, count(*) as plays,
             count(*) filter (where s.is_measured) as measured, coalesce(sum(s.watched_length_ms), 0) as watched
      from app.playback_sessions s where s.video_id = video.id and s.is_played
      group by 1) p
  )
  select t.id, t.at, t.source, t.step, t.object_type, t.object_id, t.object_name, t.actor_name, t.reason, t.facts
  from told t
  where t.at is not null and (t.at, t.id) < (until, coalesce(before_id, ''))
  order by t.at desc, t.id desc
  limit rows_wanted;
end
$$;

comment on function api.video_timeline(uuid, timestamptz, text, integer, text) is
  'The story of one video, newest first, a page at a time: upload, recording, events of Mux, links, acts with who and why, plays by the day.';
grant execute on function api.video_timeline(uuid, timestamptz, text, integer, text) to mm_coach, mm_admin;
