create view api.alerts with (security_invoker = true) as
select a.id, a.key, a.severity, a.title, a.details, a.runbook, a.state, a.occurrences, a.opened_at, a.last_raised_at, a.escalates_at,
       a.escalated_at, a.acknowledged_at, a.acknowledged_by, a.acknowledge_note, a.resolved_at, a.resolved_by, a.resolve_note
from app.alerts a;

comment on view api.alerts is 'What needs somebody of operations, open and past; for operators and admins.';
grant select on api.alerts to mm_operator, mm_admin;

-- Takes an alert on, which stops its escalation; and ends it. With a note, and an entry of the audit log (OB-11, AU-02).
create function api.acknowledge_alert(alert_id uuid, note text, out id uuid, out state text)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  alert app.alerts := app.lock_alert(alert_id, note);
begin
  if alert.state = 'acknowledged' then
    perform app.fail(409, 'alert.acknowledged', 'This alert has been acknowledged before.');
  end if;
  update app.alerts a
  set state = 'acknowledged', acknowledged_at = now(), acknowledged_by = authz.profile_id(),
      acknowledge_note = btrim(acknowledge_alert.note)
  where a.id = alert.id
  returning a.id, a.state into acknowledge_alert.id, acknowledge_alert.state;
  perform audit.record(
    'alert.acknowledged', 'alert', alert.id::text, null, btrim(acknowledge_alert.note),
    jsonb_build_object('key', alert.key, 'severity', alert.severity));
end
$$;

create function api.resolve_alert(alert_id uuid, note text, out id uuid, out state text)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  alert app.alerts := app.lock_alert(alert_id, note);
begin
  update app.alerts a
  set state = 'resolved', resolved_at = now(), resolved_by = authz.profile_id(), resolve_note = btrim(resolve_alert.note)
  where a.id = alert.id
  returning a.id, a.state into resolve_alert.id, resolve_alert.state;
  perform audit.record(
    'alert.resolved', 'alert', alert.id::text, null, btrim(resolve_alert.note),
    jsonb_build_object('key', alert.key, 'severity', alert.severity));
end
$$;

comment on function api.acknowledge_alert(uuid, text) is 'Takes an alert on, with a note.';
comment on function api.resolve_alert(uuid, text) is 'Ends an alert, with a note.';
grant execute on function api.acknowledge_alert(uuid, text), api.resolve_alert(uuid, text) to mm_operator, mm_admin;
