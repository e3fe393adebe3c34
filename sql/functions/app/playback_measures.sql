-- The part of a video that was watched, 0 to 1; null while its length is not known.
create function app.completion_of(watched_length_ms numeric, duration_seconds numeric) returns numeric
language sql immutable
set search_path = ''
as $$
  select least(1, watched_length_ms / nullif(1000 * duration_seconds, 0))
$$;

-- How much of the time spent at a video went into waiting for it to load, 0 to 1; null when none was spent.
create function app.rebuffer_ratio(rebuffer_ms numeric, played_ms numeric) returns numeric
language sql immutable
set search_path = ''
as $$
  select round(rebuffer_ms / nullif(rebuffer_ms + played_ms, 0), 4)
$$;

-- Harmless, and asked by views of the api as the person who reads.
grant execute on function app.completion_of(numeric, numeric) to mm_coach, mm_admin;
grant execute on function app.rebuffer_ratio(numeric, numeric) to mm_coach, mm_admin;
