-- Runs of the reconciliation: one at a time, by whoever holds the lease, and each can be gone on with by the next when its runner ended.

-- For how long a runner may be silent before another takes over: the longest it waits for one answer of Mux, its repetitions included.
create function app.reconciliation_lease() returns interval
language sql immutable set search_path = '' as $$ select interval '10 minutes' $$;

-- How old an asset without an upload of ours must be to be called an orphan.
create function app.orphan_grace() returns interval
language sql immutable set search_path = '' as $$ select interval '24 hours' $$;

-- How many assets one run may mark missing, or delete as orphans, before it takes it for a mistake, such as the credentials of another
-- environment: 10, or a tenth of what we have. Marking cannot be undone, since states only move up.
create function app.reconciliation_brake() returns bigint
language sql stable
set search_path = ''
as $$ select greatest(10, count(*) / 10) from app.mux_assets a where a.status <> 'deleted' $$;

-- Begins a run, or goes on with one that its runner left; no row while somebody is at it, or an unfinished one stands in the way of a dry run.
-- A light run looks back to two hours before the last run that ended well, at least three hours and at most a week.
create function app.begin_reconciliation(kind text, is_dry_run boolean, orphan_rule text) returns setof app.reconciliation_runs
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  run app.reconciliation_runs;
begin
  perform app.refuse_fields(array_remove(array[
    case when coalesce(begin_reconciliation.kind not in ('light', 'whole'), true)
      then app.field_error('kind', 'choice', 'A reconciliation is light or whole.') end,
    case when begin_reconciliation.is_dry_run is null
      then app.field_error('is_dry_run', 'choice', 'A reconciliation is a dry run or not.') end,
    case when coalesce(begin_reconciliation.orphan_rule not in ('list', 'delete'), true)
      then app.field_error('orphan_rule', 'choice', 'Orphans are listed or deleted.') end
  ], null));

  select r.* into run from app.reconciliation_runs r where r.ended_at is null for no key update;
  if found and run.leased_until > now() then
    return;
  end if;
  -- What was left too long ago would compare a list of then with rows of now; a dry run is begun anew.
  if run.id is not null and (run.is_dry_run or run.started_at < now() - interval '6 hours') then
    perform app.end_reconciliation(run.id, 'failed');
    run := null;
  end if;
  if run.id is not null then
    if begin_reconciliation.is_dry_run then
      return;
    end if;
    return query
      update app.reconciliation_runs r
      set runner = gen_random_uuid(), leased_until = now() + app.reconciliation_lease(), attempts = r.attempts + 1
      where r.id = run.id
      returning r.*;
    return;
  end if;

  return query
    insert into app.reconciliation_runs as r (kind, is_dry_run, orphan_rule, window_from, runner, leased_until)
    values (
      begin_reconciliation.kind, begin_reconciliation.is_dry_run, begin_reconciliation.orphan_rule,
      case begin_reconciliation.kind when 'light' then greatest(now() - interval '7 days', least(
        now() - interval '3 hours',
        (select max(p.started_at) - interval '2 hours' from app.reconciliation_runs p
         where p.outcome in ('matched', 'repaired', 'open') and not p.is_dry_run))) end,
      gen_random_uuid(), now() + app.reconciliation_lease())
    on conflict ((1)) where ended_at is null do nothing
    returning r.*;
end
$$;

-- The run of this runner, whose lease is renewed. Refuses a runner that lost it.
create function app.hold_reconciliation(run_id uuid, runner uuid) returns app.reconciliation_runs
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  run app.reconciliation_runs;
begin
  update app.reconciliation_runs r set leased_until = now() + app.reconciliation_lease()
  where r.id = run_id and r.runner = hold_reconciliation.runner and r.ended_at is null
  returning r.* into run;
  if not found then
    perform app.fail(409, 'reconciliation.lost', 'This run has ended, or another process goes on with it.');
  end if;
  return run;
end
$$;

-- Remembers how far the run is: a page of `seen` things has been dealt with, and the next begins at `page_cursor` of `stage`.
create function app.advance_reconciliation(
  run_id uuid, runner uuid, stage text, page_cursor text default null, seen integer default 0, list_calls integer default 0
) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  run app.reconciliation_runs := app.hold_reconciliation(run_id, runner);
begin
  update app.reconciliation_runs r
  set stage = advance_reconciliation.stage, page_cursor = advance_reconciliation.page_cursor,
      uploads_seen = r.uploads_seen + case run.stage when 'uploads' then seen else 0 end,
      assets_seen = r.assets_seen + case run.stage when 'assets' then seen else 0 end,
      list_calls = r.list_calls + advance_reconciliation.list_calls
  where r.id = run.id;
end
$$;

-- Writes down what was found and what was done about it, once for each run, kind and subject.
create function app.note_finding(run_id uuid, kind text, subject text, action text) returns void
language sql volatile
set search_path = ''
as $$
  insert into app.reconciliation_findings (run_id, kind, subject, action)
  values (run_id, kind, subject, action)
  on conflict on constraint reconciliation_findings_run_id_kind_subject_key do nothing
$$;

-- Ends a run: counts what it found, forgets its sightings, raises the alerts of what a person must look at and clears those whose
-- condition is over.
create function app.end_reconciliation(run_id uuid, outcome text) returns void
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  run app.reconciliation_runs;
  facts jsonb;
  listed bigint;
begin
  delete from app.reconciliation_sightings s where s.run_id = end_reconciliation.run_id;
  update app.reconciliation_runs r
  set outcome = end_reconciliation.outcome, ended_at = now(), leased_until = null, runner = null, page_cursor = null,
      stage = case when end_reconciliation.outcome in ('matched', 'repaired', 'open') then 'done' else r.stage end,
      found = coalesce((
        select jsonb_object_agg(f.what, f.times) from (
          select f.kind || '.' || f.action as what, count(*) as times
          from app.reconciliation_findings f where f.run_id = r.id group by 1) f), '{}')
  where r.id = run_id
  returning r.* into run;
  if run.is_dry_run then
    return;
  end if;
  facts := jsonb_build_object('runId', run.id, 'kind', run.kind, 'found', run.found, 'error', run.last_error);

  if run.outcome = 'failed' then
    perform app.raise_alert(
      'mux.reconciliation.failed', 'warning', 'The comparison with Mux could not be finished.', facts, 'docs/runbooks/reconcile-mux.md');
    return;
  end if;
  perform app.clear_alert('mux.reconciliation.failed');
  if run.outcome = 'halted' then
    perform app.raise_alert(
      'mux.reconciliation.halted', 'critical', 'Mux lacks so many of our assets that none was marked: are the credentials right?', facts,
      'docs/runbooks/reconcile-mux.md');
    return;
  end if;
  if run.found ? 'asset_missing.marked' then
    perform app.raise_alert(
      'mux.asset_missing', 'warning', 'Mux no longer has assets of ours; their videos are marked deleted.', facts,
      'docs/runbooks/reconcile-mux.md');
  end if;
  select coalesce(sum(f.value::bigint), 0) into listed
  from jsonb_each_text(run.found) f where f.key like '%.listed' and f.key <> 'asset_public.listed';
  if listed > 0 then
    perform app.raise_alert(
      'mux.reconciliation.open', 'warning', 'Mux has what matches nothing of ours, or says otherwise than we do.', facts,
      'docs/runbooks/reconcile-mux.md');
  end if;
  if run.found ? 'asset_public.listed' then
    perform app.raise_alert(
      'mux.public_playback', 'critical', 'An asset at Mux can be played by anybody: it has a public playback id.', facts,
      'docs/runbooks/reconcile-mux.md');
  end if;
  -- Only a whole run has looked at everything.
  if run.kind = 'whole' then
    perform app.clear_alert('mux.reconciliation.halted');
    perform app.clear_alert('mux.reconciliation.open') where listed = 0;
    perform app.clear_alert('mux.public_playback') where not run.found ? 'asset_public.listed';
  end if;
end
$$;

-- The run has come to its end. `is_halted` says that the runner stopped because too much was missing.
create function app.finish_reconciliation(run_id uuid, runner uuid, is_halted boolean default false) returns app.reconciliation_runs
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  run app.reconciliation_runs := app.hold_reconciliation(run_id, runner);
begin
  perform app.end_reconciliation(run.id, case
    when is_halted then 'halted'
    when exists (select from app.reconciliation_findings f where f.run_id = run.id and f.action = 'listed') then 'open'
    when exists (select from app.reconciliation_findings f where f.run_id = run.id) then 'repaired'
    else 'matched' end);
  select r.* into run from app.reconciliation_runs r where r.id = run.id;
  return run;
end
$$;

-- The runner cannot go on: another may at once. After the fifth attempt, or when it was a dry run, the run has failed. `error` is a code.
create function app.release_reconciliation(run_id uuid, runner uuid, error text) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  run app.reconciliation_runs := app.hold_reconciliation(run_id, runner);
begin
  update app.reconciliation_runs r
  set leased_until = now(), runner = null, last_error = left(coalesce(nullif(btrim(error), ''), 'unknown'), 200)
  where r.id = run.id;
  if run.attempts >= 5 or run.is_dry_run then
    perform app.end_reconciliation(run.id, 'failed');
  end if;
end
$$;

grant execute on function
  app.begin_reconciliation(text, boolean, text), app.advance_reconciliation(uuid, uuid, text, text, integer, integer),
  app.finish_reconciliation(uuid, uuid, boolean), app.release_reconciliation(uuid, uuid, text)
  to mm_service;
