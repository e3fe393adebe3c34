-- What a viewer's page reported, as rows: an array of objects with sequence, kind, occurred_at, position_ms, watched_ms (pairs of from and
-- to), rebuffer_ms and error_code. Parts of the video that were watched are cut to its length and joined.
create function app.read_playback_events(events jsonb, length_ms integer)
returns table (
  at_index integer, sequence integer, kind text, occurred_at timestamptz, position_ms integer, watched_ms int4multirange,
  rebuffer_ms integer, error_code text
)
language sql immutable
set search_path = ''
as $$
  select e.n::integer - 1, r.sequence, r.kind, r.occurred_at, r.position_ms,
    coalesce((
      select range_agg(int4range(greatest(p.lower, 0), least(p.upper, length_ms)))
      from (select (w ->> 0)::integer as lower, (w ->> 1)::integer as upper from jsonb_array_elements(r.watched_ms) w) p
      where p.lower < p.upper and p.upper > 0 and p.lower < length_ms), '{}'),
    coalesce(r.rebuffer_ms, 0), r.error_code
  from jsonb_array_elements(events) with ordinality e (event, n)
  cross join lateral jsonb_to_record(e.event) r (
    sequence integer, kind text, occurred_at timestamptz, position_ms integer, watched_ms jsonb, rebuffer_ms integer,
    error_code text)
$$;

-- The bounds of one report. The api has read its shape; the table's constraints say the same of each value.
create function app.playback_event_errors(events jsonb) returns jsonb[]
language sql immutable
set search_path = ''
as $$
  select case
    when jsonb_typeof(events) is distinct from 'array' or jsonb_array_length(events) not between 1 and app.max_events_at_once()
      then array[app.field_error('events', 'count', format('Report 1 to %s events at once.', app.max_events_at_once()))]
    else coalesce((
      select array_agg(app.field_error(format('events/%s/%s', r.at_index, f.field), f.code, f.message) order by r.at_index, f.field)
      from app.read_playback_events(events, 0) r
      cross join lateral (values
        ('sequence', 'range', 'Events are counted from 0 to 100,000.',
          r.sequence is null or r.sequence not between 0 and 100000),
        ('kind', 'choice', 'An event is play, heartbeat, ended or error.',
          r.kind is null or r.kind not in ('play', 'heartbeat', 'ended', 'error')),
        ('position_ms', 'range', 'A position is between 0 and 48 hours.', r.position_ms not between 0 and 172800000),
        ('rebuffer_ms', 'range', 'Loading takes between 0 and 24 hours.', r.rebuffer_ms not between 0 and 86400000),
        ('error_code', 'format', 'An error has a code of up to 64 letters, digits and signs; other events have none.',
          r.error_code is not null and (r.kind is distinct from 'error' or r.error_code !~ '^[A-Za-z0-9_.-]{1,64}$'))
      ) f (field, code, message, is_wrong)
      where f.is_wrong), '{}')
  end
$$;

-- How much was watched, in milliseconds of the video: parts that overlap have been joined before.
create function app.watched_length(watched_ms int4multirange) returns bigint
language sql immutable
set search_path = ''
as $$
  select coalesce(sum(upper(r) - lower(r)), 0) from unnest(watched_ms) r
$$;

-- Harmless, and asked by views of the api as the person who reads.
grant execute on function app.watched_length(int4multirange) to mm_coach, mm_admin;
