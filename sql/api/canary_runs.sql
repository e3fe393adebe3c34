create view api.canary_runs with (security_invoker = true) as
select
  c.id, c.kind, c.video_id, c.share_token_id, c.cut_id, c.started_at, c.acted_at, c.token_expires_at, c.mint_ms, c.manifest_ms,
  c.segment_ms, c.outcome, c.error, c.ended_at
from app.canary_runs c;

comment on view api.canary_runs is 'Measured: how soon a revoked link, or a video that was cut off, stops to play; for operators, admins and auditors.';
grant select on api.canary_runs to mm_operator, mm_admin, mm_auditor;

-- The measured bound of the last so many days, for each kind of run and each of mint, manifest and segment: the half that were fastest, the
-- 99 of a hundred, the slowest.
create function api.revocation_bound(days integer default 7) returns table (
  kind text, step text, runs bigint, late bigint, p50_ms integer, p99_ms integer, max_ms integer
)
language plpgsql stable security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform authz.require_profile();
  if days is null or days not between 1 and 365 then
    perform app.refuse_fields(array[app.field_error('days', 'range', 'Look back over 1 to 365 days.')]);
  end if;
  return query
    select c.kind, s.step, count(*), count(*) filter (where c.outcome = 'late'),
           percentile_disc(0.5) within group (order by s.ms), percentile_disc(0.99) within group (order by s.ms), max(s.ms)
    from app.canary_runs c
    cross join lateral (
      values (1, 'mint', c.mint_ms), (2, 'manifest', c.manifest_ms), (3, 'segment', c.segment_ms)) s (place, step, ms)
    where c.started_at > now() - make_interval(days => days) and c.outcome in ('in_time', 'late')
    group by c.kind, s.place, s.step
    order by c.kind desc, s.place;
end
$$;

comment on function api.revocation_bound(integer) is
  'The measured bound of revocations and cuts over the last days: p50, p99 and the slowest, in milliseconds, by step.';
grant execute on function api.revocation_bound(integer) to mm_operator, mm_admin, mm_auditor;
