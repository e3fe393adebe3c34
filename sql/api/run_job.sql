-- Asks for a run of a scheduled job now, with a reason (JB-06): the worker takes it within seconds. Refused while one waits or is under way.
create function api.run_job(job text, reason text, out job_id uuid)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_variable
declare
  me uuid := authz.require_profile();
begin
  perform app.refuse_fields(
    app.reason_errors(reason) || array_remove(array[
      case when not exists (select from app.job_schedule() s where s.job = run_job.job)
        then app.field_error('job', 'choice', 'There is no such scheduled job.') end
    ], null));
  if not exists (select from pgboss.queue q where q.name = job) then
    perform app.fail(409, 'job.unavailable', 'No worker has made the queue of this job yet. Start one.');
  end if;
  -- Two who ask at once: the second sees the run of the first.
  perform pg_advisory_xact_lock(hashtextextended('mm.app.run_job:' || job, 0));
  if exists (select from pgboss.job j where j.name = job and j.state in ('created', 'retry', 'active')) then
    perform app.fail(409, 'job.under_way', 'A run of this job waits or is under way.');
  end if;
  job_id := jobs.enqueue(job);
  perform audit.record('job.requested', 'job', job, null, btrim(reason), jsonb_build_object('job_id', job_id));
end
$$;

comment on function api.run_job(text, text) is 'Runs a scheduled job now, with a reason; for operators and admins.';
grant execute on function api.run_job(text, text) to mm_operator, mm_admin;
