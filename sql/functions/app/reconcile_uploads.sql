-- Compares one page of Mux's direct uploads, in the vendor's shape, with our jobs, as a set, and says what differs and what is to be done
-- about it. Only the run's memory of having seen them changes. Mux sends no event for an upload whose time is over.
create function app.compare_uploads(run_id uuid, runner uuid, uploads jsonb) returns table (upload_id text, finding text, action text)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  run app.reconciliation_runs := app.hold_reconciliation(run_id, runner);
begin
  insert into app.reconciliation_sightings (run_id, kind, subject)
  select run.id, 'upload', u ->> 'id' from jsonb_array_elements(uploads) u
  on conflict do nothing;

  return query
  with listed as (
    select u ->> 'id' as id, u ->> 'status' as status, u ->> 'asset_id' as asset_id, u #>> '{new_asset_settings,passthrough}' as passthrough
    from jsonb_array_elements(uploads) u
  ), matched as (
    select l.*, j.id as job_id, j.mux_upload_id, j.state, app.upload_state_of(l.status) as seen_state,
           exists (select from app.mux_assets a where a.id = l.asset_id and a.upload_job_id is not null) as has_asset
    from listed l
    left join app.upload_jobs j on j.id = app.find_upload_job(l.id, l.passthrough) and coalesce(j.mux_upload_id, l.id) = l.id
  ), judged as (
    select m.*, case
      when m.job_id is null then case m.status when 'waiting' then 'upload_orphan' end
      when m.mux_upload_id is null
        or app.upload_state_rank(m.seen_state) > app.upload_state_rank(m.state)
        or m.asset_id is not null and not m.has_asset then 'upload_differs'
    end as finding
    from matched m
  )
  select j.id, j.finding, case
    when j.finding = 'upload_orphan' then case run.orphan_rule when 'delete' then 'cancelled' else 'listed' end
    when j.mux_upload_id is null then 'adopted'
    when j.status in ('timed_out', 'cancelled', 'errored') then 'closed'
    else 'folded' end
  from judged j where j.finding is not null;
end
$$;

-- What state of ours a status of Mux's uploads stands for.
create function app.upload_state_of(mux_status text) returns text
language sql immutable set search_path = ''
as $$
  select case mux_status
    when 'waiting' then 'uploading' when 'asset_created' then 'processing' when 'timed_out' then 'expired' else mux_status end
$$;

-- Does what app.compare_uploads() said about one upload, and writes it down; a dry run only writes it down. One that Mux no longer knows
-- has been asked about and closed already.
create function app.reconcile_upload(run_id uuid, runner uuid, finding text, action text, upload jsonb) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  run app.reconciliation_runs := app.hold_reconciliation(run_id, runner);
begin
  if not run.is_dry_run and finding = 'upload_differs' then
    perform audit.explain(reason => 'reconciled with Mux');
    perform app.apply_upload(
      app.find_upload_job(upload ->> 'id', upload #>> '{new_asset_settings,passthrough}'), upload ->> 'id', upload ->> 'status',
      upload ->> 'asset_id', upload #>> '{error,type}', upload #>> '{error,message}', now());
    perform audit.explain();
  end if;
  perform app.note_finding(run.id, finding, upload ->> 'id', action);
end
$$;

-- The uploads of ours that are still open and that the run has not seen at Mux, and whether their time is over, after which Mux may
-- have forgotten them.
create function app.unseen_uploads(run_id uuid, runner uuid)
returns table (id uuid, mux_upload_id text, state text, is_over boolean)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  run app.reconciliation_runs := app.hold_reconciliation(run_id, runner);
begin
  return query
  select j.id, j.mux_upload_id, j.state, j.expires_at < now()
  from app.upload_jobs j
  join app.videos v on v.id = j.video_id
  where j.state in ('requested', 'uploading', 'processing') and j.mux_upload_id is not null and v.status <> 'deleted'
    and not exists (
      select from app.reconciliation_sightings s where s.run_id = run.id and s.kind = 'upload' and s.subject = j.mux_upload_id)
  order by j.id;
end
$$;

grant execute on function
  app.compare_uploads(uuid, uuid, jsonb), app.reconcile_upload(uuid, uuid, text, text, jsonb), app.unseen_uploads(uuid, uuid)
  to mm_service;
