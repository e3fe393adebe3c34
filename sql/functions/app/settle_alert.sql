-- Finds an alert for somebody of operations who is about to move it on, locked; refuses a wrong note, and one that does not exist.
create function app.lock_alert(alert_id uuid, note text) returns app.alerts
language plpgsql volatile
set search_path = ''
as $$
declare
  alert app.alerts;
begin
  perform authz.require_profile();
  perform app.refuse_fields(app.note_errors(note));
  select a.* into alert from app.alerts a where a.id = alert_id for no key update;
  if not found then
    perform app.fail(404, 'alert.not_found', 'There is no such alert.');
  end if;
  if alert.state = 'resolved' then
    perform app.fail(409, 'alert.resolved', 'This alert has been resolved before.');
  end if;
  return alert;
end
$$;
