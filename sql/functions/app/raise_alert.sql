-- How grave an alert is, as a number; null for what is no severity.
create function app.alert_rank(severity text) returns integer
language sql immutable set search_path = ''
as $$ select array_position(array['info', 'warning', 'critical'], severity) $$;

-- Raises an alert (OB-10). While one with this key is open, it is counted instead: its severity only grows, and when it does, an alert that
-- somebody had acknowledged fires anew, because they acknowledged less than this. A critical one escalates unless it is acknowledged within
-- 15 minutes. Details are scrubbed. Operations are told when it opens or grows; of an `info` nobody is.
create function app.raise_alert(
  key text, severity text, title text, details jsonb default '{}', runbook text default null, out id uuid, out is_new boolean
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  facts jsonb := app.scrub_facts(raise_alert.details);
  sentence text := app.scrub_text(btrim(raise_alert.title), 200);
  known app.alerts;
  grew boolean := false;
begin
  perform app.refuse_fields(array_remove(array[
    case when coalesce(raise_alert.key !~ '^[A-Za-z0-9_.:/-]{1,200}$', true)
      then app.field_error('key', 'format', 'A key has 1 to 200 letters, digits and _ . : / -') end,
    case when app.alert_rank(raise_alert.severity) is null
      then app.field_error('severity', 'choice', 'The severity is critical, warning or info.') end,
    case when coalesce(sentence, '') = '' then app.field_error('title', 'length', 'Say what is wrong, in 1 to 200 characters.') end,
    case when length(raise_alert.runbook) not between 1 and 300
      then app.field_error('runbook', 'length', 'A runbook is named in 1 to 300 characters.') end
  ], null));

  insert into app.alerts as a (key, severity, title, details, runbook, escalates_at)
  values (
    raise_alert.key, raise_alert.severity, sentence, facts, raise_alert.runbook,
    case when raise_alert.severity = 'critical' then now() + app.alert_escalation() end)
  on conflict (key) where state <> 'resolved' do nothing
  returning a.id into raise_alert.id;
  is_new := raise_alert.id is not null;

  if not is_new then
    select a.* into known from app.alerts a where a.key = raise_alert.key and a.state <> 'resolved' for no key update;
    if not found then
      -- It was resolved between the two statements.
      select r.id, r.is_new into raise_alert.id, raise_alert.is_new
      from app.raise_alert(raise_alert.key, raise_alert.severity, raise_alert.title, raise_alert.details, raise_alert.runbook) r;
      return;
    end if;
    grew := app.alert_rank(raise_alert.severity) > app.alert_rank(known.severity);
    update app.alerts a
    set occurrences = a.occurrences + 1,
        last_raised_at = greatest(a.last_raised_at, now()),
        title = sentence,
        details = facts,
        runbook = coalesce(raise_alert.runbook, a.runbook),
        severity = case when grew then raise_alert.severity else a.severity end,
        escalates_at = case
          when grew and raise_alert.severity = 'critical' then now() + app.alert_escalation() else a.escalates_at end,
        state = case when grew then 'firing' else a.state end,
        acknowledged_at = case when not grew then a.acknowledged_at end,
        acknowledged_by = case when not grew then a.acknowledged_by end,
        acknowledge_note = case when not grew then a.acknowledge_note end
    where a.id = known.id;
    id := known.id;
  end if;

  if (is_new or grew) and raise_alert.severity <> 'info' then
    perform app.notify_staff(
      'alert.raised', format('alert.raised:%s:%s', id, raise_alert.severity),
      jsonb_build_object('alertId', id, 'severity', raise_alert.severity, 'title', sentence),
      'platform');
  end if;
end
$$;

-- Resolves the open alert with this key, because its condition has ended by itself. Answers whether there was one.
create function app.clear_alert(key text) returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  update app.alerts a
  set state = 'resolved', resolved_at = now(), resolve_note = 'The condition has ended.'
  where a.key = clear_alert.key and a.state <> 'resolved';
  return found;
end
$$;

-- Escalates the alerts that nobody acknowledged in time (OB-10), each once, and answers how many.
create function app.escalate_alerts() returns integer
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  alert app.alerts;
  escalated integer := 0;
begin
  for alert in
    select a.* from app.alerts a
    where a.state = 'firing' and a.escalated_at is null and a.escalates_at <= now()
    order by a.escalates_at, a.id
    for no key update skip locked
  loop
    update app.alerts a set escalated_at = now() where a.id = alert.id;
    perform app.notify_staff(
      'alert.escalated', format('alert.escalated:%s:%s', alert.id, alert.severity),
      jsonb_build_object('alertId', alert.id, 'severity', alert.severity, 'title', alert.title),
      'platform');
    escalated := escalated + 1;
  end loop;
  return escalated;
end
$$;

grant execute on function app.raise_alert(text, text, text, jsonb, text), app.clear_alert(text), app.escalate_alerts() to mm_service;
