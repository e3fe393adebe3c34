-- Compares one page of Mux's assets, in the vendor's shape, with ours, as a set, and says what differs and what is to be done about it.
-- Nothing changes but that the run remembers having seen them. What an erasure that is under way will delete is left to it.
create function app.compare_assets(run_id uuid, runner uuid, assets jsonb) returns table (asset_id text, finding text, action text)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  run app.reconciliation_runs := app.hold_reconciliation(run_id, runner);
  may_delete bigint := case run.orphan_rule when 'delete' then app.reconciliation_brake() - (
    select count(*) from app.reconciliation_findings f
    where f.run_id = run.id and f.kind = 'asset_orphan' and f.action = 'deleted') else 0 end;
begin
  insert into app.reconciliation_sightings (run_id, kind, subject)
  select run.id, 'asset', a ->> 'id' from jsonb_array_elements(assets) a
  on conflict do nothing;

  return query
  with listed as (
    select a ->> 'id' as id, a ->> 'status' as status, a ->> 'upload_id' as upload_id, a ->> 'passthrough' as passthrough,
           to_timestamp((a ->> 'created_at')::double precision) as created_at,
           coalesce(jsonb_path_query_array(a, '$.playback_ids[*] ? (@.policy == "public")') <> '[]', false) as is_public,
           array(
             select p ->> 'id' from jsonb_path_query(a, '$.playback_ids[*] ? (@.policy == "signed")') p order by 1) as signed_ids
    from jsonb_array_elements(assets) a
  ), matched as (
    select l.*, (
             select min(i) from unnest(l.signed_ids) i where i not in (select app.retired_playback_ids(l.id))) as playback_id,
           o.id as known_id, o.upload_job_id, o.status as known_status, o.playback_id as known_playback_id, o.updated_at,
           j.id as job_id, v.status as video_status, j.coach_id
    from listed l
    left join app.mux_assets o on o.id = l.id
    left join app.upload_jobs j on j.id = coalesce(o.upload_job_id, app.find_upload_job(l.upload_id, l.passthrough))
    left join app.videos v on v.id = j.video_id
  ), judged as (
    select m.*, case
      when m.job_id is null then case when m.created_at < now() - app.orphan_grace() then 'asset_orphan' end
      when m.upload_job_id is null and (m.video_status <> 'deleted' or app.is_being_erased(m.coach_id)) then 'asset_unmatched'
      when m.known_status = 'deleted' or m.video_status = 'deleted' then
        -- Deleted while the list was read: that is no contradiction.
        case when not app.is_being_erased(m.coach_id) and (m.updated_at is null or m.updated_at < run.started_at - interval '10 minutes')
          then 'asset_withdrawn' end
      when app.asset_status_rank(m.status) > app.asset_status_rank(m.known_status) or m.playback_id <> coalesce(m.known_playback_id, '')
        then 'asset_differs'
      when m.status = 'errored' and m.known_status = 'ready' then 'asset_contradicts'
    end as finding
    from matched m
  )
  select j.id, j.finding, case j.finding
    when 'asset_unmatched' then 'adopted'
    when 'asset_differs' then 'folded'
    when 'asset_withdrawn' then case when app.is_erased(j.coach_id) then 'deleted' else 'listed' end
    when 'asset_orphan' then case
      when row_number() over (partition by j.finding order by j.created_at, j.id) <= may_delete then 'deleted' else 'listed' end
    else 'listed' end
  from judged j where j.finding is not null
  union all
  select j.id, 'asset_public', 'listed' from judged j where j.is_public
  union all
  -- While a video is cut off, its asset has two for a moment.
  select j.id, 'asset_second_id', 'listed' from judged j
  where cardinality(j.signed_ids) > 1
    and not exists (
      select from app.playback_cuts c
      where c.asset_id = j.id and coalesce(c.deleted_at, c.failed_at, 'infinity') > run.started_at - interval '10 minutes');
end
$$;

-- Whether an erasure of this person is approved and not complete: it deletes what belongs to them itself.
create function app.is_being_erased(profile_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from app.erasure_requests r
    where r.profile_id = is_being_erased.profile_id and r.state in ('approved', 'running'))
$$;

-- Whether this person has been erased and nothing of theirs is held: what turns up later at Mux must go as well (CO-02).
create function app.is_erased(profile_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
      select from app.erasure_requests r where r.profile_id = is_erased.profile_id and r.state = 'completed')
    and not exists (
      select from app.legal_holds h where h.profile_id = is_erased.profile_id and h.lifted_at is null)
$$;

-- Does what app.compare_assets() said about one asset, and writes it down; a dry run only writes it down. Of one to be deleted, Mux has said
-- that it is gone. One that Mux lacks is marked deleted, and an upload that was still on its way has failed.
create function app.reconcile_asset(run_id uuid, runner uuid, finding text, action text, asset jsonb) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  run app.reconciliation_runs := app.hold_reconciliation(run_id, runner);
  job_id uuid;
begin
  if not run.is_dry_run then
    perform audit.explain(reason => case finding
      when 'asset_missing' then 'Mux no longer has it'
      when 'asset_orphan' then 'belongs to no upload of ours'
      when 'asset_withdrawn' then 'its owner has been erased'
      else 'reconciled with Mux' end);
    if finding = 'asset_missing' then
      select j.id into job_id
      from app.mux_assets a join app.upload_jobs j on j.id = a.upload_job_id
      where a.id = asset ->> 'id' and j.state in ('requested', 'uploading', 'processing');
      perform app.advance_upload_job(
        job_id, 'errored', now(), 'upload.asset_missing',
        'The video service no longer has this video. Please upload it again.');
    end if;
    if action in ('marked', 'deleted') then
      perform app.apply_asset(asset, now(), is_deleted => true);
    elsif action in ('adopted', 'folded') or finding = 'asset_orphan' then
      -- An orphan that is left where it is stands among the assets too, without a video (UP-10).
      perform app.apply_asset(asset, now());
    end if;
    perform audit.explain();
  end if;
  perform app.note_finding(run.id, finding, asset ->> 'id', action);
end
$$;

-- Our assets that the run has not seen at Mux: each must be asked for by itself before it is called missing, since a list that is read
-- page by page can pass over one. `is_too_many` when there are more than the brake allows, or than `allowed` when it is given.
create function app.unseen_assets(run_id uuid, runner uuid, allowed integer default null, out asset_ids text[], out is_too_many boolean)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  run app.reconciliation_runs := app.hold_reconciliation(run_id, runner);
begin
  select array_agg(a.id order by a.created_at, a.id) into asset_ids
  from app.mux_assets a
  -- Mux's clock and ours may differ, and events tell the time of an asset a little late.
  where a.status <> 'deleted' and (run.window_from is null or a.created_at > run.window_from + interval '1 hour')
    and not exists (
      select from app.reconciliation_sightings s where s.run_id = run.id and s.kind = 'asset' and s.subject = a.id);
  asset_ids := coalesce(asset_ids, '{}');
  is_too_many := cardinality(asset_ids) > coalesce(allowed, app.reconciliation_brake());
end
$$;

grant execute on function
  app.compare_assets(uuid, uuid, jsonb), app.reconcile_asset(uuid, uuid, text, text, jsonb), app.unseen_assets(uuid, uuid, integer)
  to mm_service;
