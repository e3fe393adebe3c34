-- Adds what new events of a viewer session come to. Each part is a union, a sum, or the greatest, and each event comes here once: so the order
-- in which they come does not matter, nor who comes at the same moment, and the row is what all its events together say.
create function app.add_to_session(news app.playback_sessions) returns void
language sql volatile
set search_path = ''
as $$
  insert into app.playback_sessions as s select (news).*
  on conflict on constraint playback_sessions_pkey do update set
    last_event_at = greatest(s.last_event_at, excluded.last_event_at),
    event_count = s.event_count + excluded.event_count,
    is_played = s.is_played or excluded.is_played,
    is_measured = s.is_measured or excluded.is_measured,
    is_ended = s.is_ended or excluded.is_ended,
    watched_ms = app.join_watched(s.watched_ms, excluded.watched_ms),
    watched_length_ms = app.watched_length(app.join_watched(s.watched_ms, excluded.watched_ms)),
    played_ms = s.played_ms + excluded.played_ms,
    rebuffer_ms = s.rebuffer_ms + excluded.rebuffer_ms,
    error_count = s.error_count + excluded.error_count,
    last_error_sequence = greatest(s.last_error_sequence, excluded.last_error_sequence),
    last_error_code = case
      when excluded.last_error_sequence > coalesce(s.last_error_sequence, -1) then excluded.last_error_code
      else s.last_error_code
    end
$$;

-- What was watched before and what is new, as one. A page that reports more loose parts than anybody watches by hand is not followed any
-- further: its row would grow with every report.
create function app.join_watched(before int4multirange, new int4multirange) returns int4multirange
language sql immutable
set search_path = ''
as $$
  select case when (select count(*) from unnest(before + new)) <= app.max_watched_parts() then before + new else before end
$$;
