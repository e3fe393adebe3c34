-- A cut gives a video a new playback id at Mux and has the old one deleted, so that tokens already out open nothing; links that live are
-- given tokens of the new id at their next renewal. The row is the job: a worker claims it, takes a step, writes it down, and so on. A
-- step that a killed worker had begun is taken again by whoever claims next; what exists at Mux is asked, not remembered.

-- What a cut may become.
create function app.playback_cut_transitions() returns table (from_state text, to_state text)
language sql immutable set search_path = ''
as $$
  values ('requested', 'switched'), ('requested', 'deleted'), ('requested', 'failed'),
         ('switched', 'deleted'), ('switched', 'failed'), ('deleted', 'confirmed'), ('deleted', 'failed')
$$;

create function app.tg_playback_cut_only_on() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.state <> old.state
     and not exists (
       select from app.playback_cut_transitions() t where t.from_state = old.state and t.to_state = new.state) then
    perform app.fail(409, 'cut.state_order', format('A cut does not go from %s to %s.', old.state, new.state));
  end if;
  return new;
end
$$;

-- For how long a cut is its worker's after each step: two answers of Mux at most, ten seconds each, and a margin.
create function app.cut_lease() returns interval
language sql immutable set search_path = '' as $$ select interval '30 seconds' $$;

-- How often a cut is taken up before it has failed: about a quarter of an hour.
create function app.max_cut_attempts() returns integer
language sql immutable set search_path = '' as $$ select 20 $$;

-- How long a cut may take before people are told. What was minted dies by itself within 15 minutes.
create function app.cut_alert_after() returns interval
language sql immutable set search_path = '' as $$ select interval '1 minute' $$;

-- Playback ids of an asset that a cut has retired.
create function app.retired_playback_ids(asset_id text) returns setof text
language sql stable
set search_path = ''
as $$
  select distinct unnest(c.retired_ids) from app.playback_cuts c where c.asset_id = retired_playback_ids.asset_id
$$;

-- Claims the cut that has waited longest. No row when there is none to take up. `known_ids` are the ids that must not become the new one:
-- the old one and whatever was retired before.
create function app.claim_playback_cut()
returns table (id uuid, runner uuid, state text, asset_id text, new_playback_id text, retired_ids text[], known_ids text[])
language sql volatile security definer
set search_path = ''
as $$
  update app.playback_cuts c
  set runner = gen_random_uuid(), attempts = c.attempts + 1, next_attempt_at = now() + app.cut_lease()
  where c.id = (
    select d.id from app.playback_cuts d
    where d.state in ('requested', 'switched', 'deleted') and d.next_attempt_at <= now()
    order by d.next_attempt_at, d.id limit 1
    for no key update skip locked)
  returning c.id, c.runner, c.state, c.asset_id, c.new_playback_id, c.retired_ids,
            array[c.old_playback_id] || array(select app.retired_playback_ids(c.asset_id))
$$;

-- The cut of this claim, locked and its lease renewed. Refuses a worker that lost it.
create function app.hold_playback_cut(cut_id uuid, runner uuid) returns app.playback_cuts
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  cut app.playback_cuts;
begin
  update app.playback_cuts c set next_attempt_at = clock_timestamp() + app.cut_lease()
  where c.id = cut_id and c.runner = hold_playback_cut.runner and c.state in ('requested', 'switched', 'deleted')
  returning c.* into cut;
  if not found then
    perform app.fail(409, 'cut.lost', 'This cut has ended, or another process goes on with it.');
  end if;
  return cut;
end
$$;

-- The asset has a new signed playback id: from now on tokens are for it. `other_ids` are all others that Mux lists of the asset. An asset
-- that was deleted meanwhile stays as it is.
create function app.switch_playback(cut_id uuid, runner uuid, new_playback_id text, other_ids text[]) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  cut app.playback_cuts := app.hold_playback_cut(cut_id, runner);
  retired text[] := array(
    select distinct i from unnest(cut.old_playback_id || cut.retired_ids || other_ids) i where i is not null order by 1);
begin
  perform app.refuse_fields(array_remove(array[
    case when coalesce(switch_playback.new_playback_id, '') = '' or switch_playback.new_playback_id = any (retired)
      or exists (select from app.retired_playback_ids(cut.asset_id) r where r = switch_playback.new_playback_id)
      then app.field_error('new_playback_id', 'choice', 'The new id is one that the asset did not have.') end
  ], null));
  -- The job before the asset, as everywhere.
  perform from app.upload_jobs j
  where j.id = (select a.upload_job_id from app.mux_assets a where a.id = cut.asset_id) for no key update;
  perform audit.explain(reason => 'Cut of the playback.');
  update app.mux_assets a
  set playback_id = switch_playback.new_playback_id, playback_id_observed_at = clock_timestamp()
  where a.id = cut.asset_id and a.status <> 'deleted';
  update app.playback_cuts c
  set state = 'switched', new_playback_id = switch_playback.new_playback_id, retired_ids = retired, switched_at = clock_timestamp(),
      last_error = null
  where c.id = cut.id;
  perform audit.explain();
end
$$;

-- Mux has deleted the old ids, or has deleted the whole asset. `deleted_ids` are those that it was asked to delete.
create function app.finish_playback_deletion(cut_id uuid, runner uuid, deleted_ids text[]) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  cut app.playback_cuts := app.hold_playback_cut(cut_id, runner);
begin
  perform audit.explain(reason => 'Cut of the playback.');
  update app.playback_cuts c
  set state = 'deleted', deleted_at = clock_timestamp(), last_error = null,
      retired_ids = array(
        select distinct i from unnest(cut.old_playback_id || cut.retired_ids || deleted_ids) i
        where i is distinct from cut.new_playback_id order by 1)
  where c.id = cut.id;
  perform audit.explain();
end
$$;

-- The stream has refused a fresh token for each of the old ids, with this status: the cut is done. Answers how many seconds it took.
create function app.confirm_playback_cut(cut_id uuid, runner uuid, refused_status integer) returns double precision
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  cut app.playback_cuts := app.hold_playback_cut(cut_id, runner);
begin
  perform app.refuse_fields(array_remove(array[
    case when refused_status is null or refused_status not between 400 and 499
      then app.field_error('refused_status', 'range', 'A refusal has a status from 400 to 499.') end
  ], null));
  perform audit.explain(reason => 'Cut of the playback.');
  update app.playback_cuts c
  set state = 'confirmed', confirmed_at = clock_timestamp(), refused_status = confirm_playback_cut.refused_status, last_error = null,
      runner = null
  where c.id = cut.id;
  perform audit.explain();
  if not exists (select from app.late_playback_cuts()) then
    perform app.clear_alert('playback.cut_late');
  end if;
  return extract(epoch from clock_timestamp() - cut.requested_at);
end
$$;

-- Cuts that are not done and should be, and those of the last day that have failed and were not followed by one that is done.
create function app.late_playback_cuts() returns setof uuid
language sql stable
set search_path = ''
as $$
  select c.id from app.playback_cuts c
  where c.state in ('requested', 'switched', 'deleted') and c.requested_at < now() - app.cut_alert_after()
  union all
  select c.id from app.playback_cuts c
  where c.state = 'failed' and c.requested_at > now() - interval '1 day'
    and not exists (
      select from app.playback_cuts d
      where d.asset_id = c.asset_id and d.state = 'confirmed' and d.requested_at > c.requested_at)
$$;

-- The worker did not get further with a cut; `error` is a code. It is taken up again after a second, then twice as long each time up to a
-- minute, never before Mux wants to be asked again. After the last attempt it has failed. People are told of one that takes too long.
create function app.delay_playback_cut(cut_id uuid, runner uuid, error text, retry_after_seconds integer default null) returns text
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  cut app.playback_cuts := app.hold_playback_cut(cut_id, runner);
  is_over boolean := cut.attempts >= app.max_cut_attempts();
begin
  perform audit.explain(reason => 'Cut of the playback.');
  update app.playback_cuts c
  set state = case when is_over then 'failed' else c.state end,
      failed_at = case when is_over then clock_timestamp() end,
      runner = null,
      last_error = left(coalesce(nullif(btrim(error), ''), 'unknown'), 200),
      next_attempt_at = clock_timestamp() + make_interval(secs => least(greatest(
        least(60, power(2, least(cut.attempts, 10) - 1)), coalesce(retry_after_seconds, 0)), 120))
  where c.id = cut.id;
  perform audit.explain();
  if is_over or cut.requested_at < now() - app.cut_alert_after() then
    perform app.raise_alert(
      'playback.cut_late', 'critical', 'A cut of a video''s playback is not done.',
      jsonb_build_object('cutId', cut.id, 'videoId', cut.video_id, 'error', error, 'hasFailed', is_over),
      'docs/runbooks/cut-not-confirmed.md');
  end if;
  return case when is_over then 'failed' else cut.state end;
end
$$;

grant execute on function
  app.claim_playback_cut(), app.switch_playback(uuid, uuid, text, text[]), app.finish_playback_deletion(uuid, uuid, text[]),
  app.confirm_playback_cut(uuid, uuid, integer), app.delay_playback_cut(uuid, uuid, text, integer)
  to mm_service;
