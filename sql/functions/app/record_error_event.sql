-- What makes two errors the same: their code, their message without what differs from one time to the next, and the first line of ours.
create function app.error_fingerprint(code text, message text, stack text) returns text
language sql immutable
set search_path = ''
as $$
  select left(encode(sha256(convert_to(concat_ws(chr(10),
    code,
    regexp_replace(
      regexp_replace(message, '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', '#', 'gi'), '\d+', '#', 'g'),
    regexp_replace(substring(stack from '\n\s*at ([^\n]+)'), ':\d+:\d+', '')), 'UTF8')), 'hex'), 32)
$$;

-- Records an error (OB-04, OB-05). It is always counted in its group, and kept in full at most so many times an hour, so that a fault in a
-- loop fills no disk. Everything is scrubbed and cut to size; nothing is refused, because whoever reports an error has no use for another.
-- A critical one raises an alert.
create function app.record_error_event(
  environment text, severity text, code text, message text, stack text default null, context jsonb default null,
  fingerprint text default null, request_id text default null, profile_id uuid default null,
  out group_id uuid, out event_count bigint, out is_stored boolean
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_variable
declare
  place text := coalesce(nullif(left(btrim(environment), 50), ''), 'unknown');
  gravity text := case when severity in ('warning', 'error', 'critical') then severity else 'error' end;
  name text := coalesce(nullif(app.scrub_text(btrim(code), 100), ''), 'unknown');
  said text := coalesce(app.scrub_text(message, 1000), '');
  trace text := app.scrub_text(stack, 8000);
  same text := coalesce(nullif(left(btrim(fingerprint), 64), ''), app.error_fingerprint(name, said, trace));
begin
  insert into app.error_groups as g (fingerprint, environment, severity, code, message)
  values (same, place, gravity, name, said)
  on conflict on constraint error_groups_environment_fingerprint_key do update
    set event_count = g.event_count + 1,
        last_seen_at = greatest(g.last_seen_at, now()),
        message = excluded.message,
        severity = case when g.severity = 'critical' or excluded.severity = 'warning' then g.severity else excluded.severity end
  returning g.id, g.event_count into group_id, event_count;

  is_stored := app.error_events_per_hour() > (
    select count(*) from app.error_events e
    where e.group_id = record_error_event.group_id and e.occurred_at > now() - interval '1 hour');
  if is_stored then
    insert into app.error_events (group_id, environment, severity, code, message, stack, context, request_id, profile_id)
    values (
      group_id, place, gravity, name, said, trace, case when context is not null then app.scrub_facts(context) end,
      left(request_id, 200), profile_id);
  end if;

  if gravity = 'critical' then
    perform app.raise_alert(
      'error:' || group_id, 'critical', 'Critical error: ' || name,
      jsonb_build_object('environment', place, 'code', name, 'message', said, 'errorGroupId', group_id));
  end if;
end
$$;

grant execute on function
  app.record_error_event(text, text, text, text, text, jsonb, text, text, uuid) to mm_service;
