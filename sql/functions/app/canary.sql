-- The canary measures what a revocation and a cut really do: it makes a link on a probe video, plays as a viewer does, takes the link back or
-- cuts the video off, and watches when mint, manifest and segment are refused. Its links bear the name of the probe video's coach, are
-- revoked in the run and removed when the next one begins, so that no list keeps them; the runs stay, and so do the entries of the audit
-- log.

-- The bounds: a revoked link mints nothing at once, and plays nothing after 14 minutes, which leaves people a minute of the 15 that SH-08
-- allows; a cut takes at most 60 seconds, of the 10 that it should.
create function app.canary_bounds() returns table (kind text, mint_ms integer, stream_ms integer)
language sql immutable set search_path = ''
as $$ values ('revoke', 5000, 840000), ('cut', 60000, 60000) $$;

-- Begins a run on the probe video: a link whose secret is answered here alone. Every hour one run is a cut. Ends what a worker that is gone
-- has left, and removes the links of runs that are over.
create function app.begin_canary(
  video_id uuid, out run_id uuid, out kind text, out share_token_id uuid, out public_id text, out secret text
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  video app.videos;
begin
  select v.* into video from app.videos v where v.id = begin_canary.video_id for key share;
  if not found then
    perform app.fail(404, 'video.not_found', 'There is no such video to probe.');
  end if;
  if video.status <> 'ready' then
    perform app.fail(409, 'video.not_ready', 'The probe video is not ready to be watched.');
  end if;

  update app.canary_runs c set outcome = 'failed', error = 'abandoned', ended_at = clock_timestamp()
  where c.ended_at is null and c.started_at < now() - interval '30 minutes';
  perform audit.explain(reason => 'Canary.');
  delete from app.share_tokens t
  where t.id in (select c.share_token_id from app.canary_runs c where c.ended_at is not null and c.started_at > now() - interval '8 days');

  begin_canary.kind := case
    when exists (
      select from app.canary_runs c
      where c.kind = 'cut' and c.started_at > now() - interval '55 minutes') then 'revoke'
    else 'cut' end;
  begin_canary.secret := app.random_secret();
  insert into app.share_tokens as t (public_id, secret_hash, video_id, coach_id, label, created_by, expires_at)
  values (
    app.random_public_id(), sha256(convert_to(begin_canary.secret, 'utf8')), video.id, video.coach_id, 'Canary', video.coach_id,
    now() + app.min_share_life())
  returning t.id, t.public_id into begin_canary.share_token_id, begin_canary.public_id;
  insert into app.canary_runs as c (kind, video_id, share_token_id)
  values (begin_canary.kind, video.id, begin_canary.share_token_id)
  returning c.id into run_id;
  perform audit.explain();
end
$$;

-- Takes the link of the run back, or asks for the cut: the moment that is measured from. `token_expires_at` is that of the token in use.
create function app.act_canary(run_id uuid, token_expires_at timestamptz) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  run app.canary_runs;
  asset app.mux_assets;
  cut uuid;
begin
  select c.* into run from app.canary_runs c where c.id = run_id and c.acted_at is null and c.ended_at is null for no key update;
  if not found then
    perform app.fail(404, 'canary.not_found', 'There is no such run of the canary that waits to act.');
  end if;
  if run.kind = 'revoke' then
    perform app.revoke_canary(run.share_token_id);
  else
    select a.* into asset from app.playable_asset(run.video_id) a;
    perform audit.explain('playback_cut.requested', 'Canary.');
    insert into app.playback_cuts as c (video_id, coach_id, asset_id, requested_by, reason, old_playback_id)
    select v.id, v.coach_id, asset.id, v.coach_id, 'Canary.', asset.playback_id from app.videos v
    where v.id = run.video_id and asset.id is not null
    on conflict (video_id) where state in ('requested', 'switched', 'deleted') do nothing
    returning c.id into cut;
    perform audit.explain();
    if cut is null then
      perform app.fail(409, 'cut.under_way', 'The probe video is being cut off already, or does not play.');
    end if;
  end if;
  update app.canary_runs c
  set acted_at = clock_timestamp(), cut_id = cut, token_expires_at = act_canary.token_expires_at
  where c.id = run.id;
end
$$;

-- Revokes the link of a run, in the name of the probe video's coach, when it lives.
create function app.revoke_canary(share_token_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform audit.explain('share_token.revoked', 'Canary.');
  update app.share_tokens t set revoked_at = clock_timestamp(), revoked_by = t.coach_id, revoke_reason = 'Canary.'
  where t.id = revoke_canary.share_token_id and t.revoked_at is null;
  perform audit.explain();
end
$$;

-- Ends a run with what it measured, in milliseconds, or with why it could not, as a code. What came too late, or not at all, raises an alert;
-- the next run of the same kind that is in time clears it. Answers the outcome.
create function app.finish_canary(run_id uuid, mint_ms integer, manifest_ms integer, segment_ms integer, error text default null)
returns text
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  run app.canary_runs;
begin
  select c.* into run from app.canary_runs c where c.id = run_id and c.ended_at is null for no key update;
  if not found then
    perform app.fail(404, 'canary.not_found', 'There is no such run of the canary under way.');
  end if;
  perform app.revoke_canary(run.share_token_id);
  update app.canary_runs c
  set mint_ms = finish_canary.mint_ms, manifest_ms = finish_canary.manifest_ms, segment_ms = finish_canary.segment_ms,
      error = left(nullif(btrim(finish_canary.error), ''), 200), ended_at = clock_timestamp(),
      outcome = case
        when nullif(btrim(finish_canary.error), '') is not null then 'failed'
        when (
          select finish_canary.mint_ms <= b.mint_ms
            and greatest(finish_canary.manifest_ms, finish_canary.segment_ms) <= b.stream_ms
            and finish_canary.manifest_ms is not null and finish_canary.segment_ms is not null
          from app.canary_bounds() b where b.kind = c.kind) then 'in_time'
        else 'late' end
  where c.id = run.id
  returning c.* into run;
  if run.outcome = 'late' then
    perform app.raise_alert(
      'playback.bound_missed.' || run.kind, 'critical',
      case run.kind when 'cut' then 'A video that was cut off went on playing.' else 'A revoked link went on playing.' end,
      jsonb_build_object('runId', run.id, 'mintMs', run.mint_ms, 'manifestMs', run.manifest_ms, 'segmentMs', run.segment_ms),
      'docs/runbooks/revocation-bound-missed.md');
  elsif run.outcome = 'in_time' then
    perform app.clear_alert('playback.bound_missed.' || run.kind);
  end if;
  return run.outcome;
end
$$;

grant execute on function
  app.begin_canary(uuid), app.act_canary(uuid, timestamptz), app.finish_canary(uuid, integer, integer, integer, text)
  to mm_service;
