-- Begins a run of a scheduled job and answers its id; null while another run of the job is under way, on whatever machine (JB-11). A run
-- that has taken longer than it may was abandoned by a worker that is gone.
create function app.start_job_run(job text) returns uuid
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  longest interval := (select s.longest_run from app.job_schedule() s where s.job = start_job_run.job);
  run_id uuid;
begin
  if longest is null then
    perform app.refuse_fields(array[app.field_error('job', 'choice', 'There is no such scheduled job.')]);
  end if;
  update app.job_runs r set outcome = 'abandoned', ended_at = now()
  where r.job = start_job_run.job and r.outcome = 'running' and r.started_at < now() - longest;
  insert into app.job_runs as r (job) values (start_job_run.job)
  on conflict (job) where outcome = 'running' do nothing
  returning r.id into run_id;
  return run_id;
end
$$;

-- Ends a run: with its counts, or with why it failed. A failure raises an alert (JB-06), which ends with the next success. Answers false for
-- a run that has ended before, or was taken for abandoned.
create function app.finish_job_run(run_id uuid, counts jsonb default '{}', error text default null) returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  why text := app.scrub_text(finish_job_run.error, 1000);
  run app.job_runs;
begin
  update app.job_runs r
  set ended_at = clock_timestamp(),
      outcome = case when finish_job_run.error is null then 'succeeded' else 'failed' end,
      counts = coalesce(finish_job_run.counts, '{}'),
      error = why
  where r.id = run_id and r.outcome = 'running'
  returning r.* into run;
  if not found then
    return false;
  end if;
  if run.outcome = 'failed' then
    perform app.raise_alert(
      'job.failed.' || run.job, 'warning', format('A run of the job %s failed', run.job),
      jsonb_build_object('run_id', run.id, 'error', why), 'docs/runbooks/scheduled-jobs.md');
  else
    perform app.clear_alert('job.failed.' || run.job);
    perform app.clear_alert('job.overdue.' || run.job);
  end if;
  return true;
end
$$;

-- Jobs whose last success began too long ago, and since when they are overdue. One that has never succeeded counts from the first run of
-- any job: before that, no worker has ever been there.
create function app.overdue_jobs() returns table (job text, overdue_since timestamptz)
language sql stable
set search_path = ''
as $$
  select s.job, known.at + s.overdue_after
  from app.job_schedule() s
  cross join lateral (
    select coalesce(
      (select r.started_at from app.job_runs r where r.job = s.job and r.outcome = 'succeeded' order by r.started_at desc limit 1),
      (select min(r.started_at) from app.job_runs r)) as at
  ) known
  where known.at + s.overdue_after < now()
$$;

grant execute on function app.start_job_run(text), app.finish_job_run(uuid, jsonb, text) to mm_service;
