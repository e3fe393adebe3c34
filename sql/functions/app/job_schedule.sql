-- The scheduled jobs (JB-11): when each begins, in UTC; how long a run may take before its worker is taken for gone; and how long ago the
-- last success may have begun before the job is overdue. The worker refuses to start when it does not know one of them.
create function app.job_schedule() returns table (job text, cron text, longest_run interval, overdue_after interval)
language sql immutable
set search_path = ''
as $$
  values
    ('canary', '*/10 * * * *', interval '20 minutes', interval '40 minutes'),
    ('daily-upkeep', '17 3 * * *', interval '10 minutes', interval '26 hours'),
    ('mux-dlq-replay', '*/15 * * * *', interval '1 minute', interval '40 minutes'),
    ('reconcile-light', '7 * * * *', interval '30 minutes', interval '3 hours'),
    ('reconcile-whole', '53 3 * * *', interval '6 hours', interval '34 hours'),
    ('upkeep', '* * * * *', interval '2 minutes', interval '10 minutes'),
    ('verify-audit-log', '41 3 * * *', interval '6 hours', interval '34 hours'),
    ('watch-abuse', '*/2 * * * *', interval '1 minute', interval '20 minutes')
$$;

grant execute on function app.job_schedule() to mm_service;
