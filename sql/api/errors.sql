create view api.error_groups with (security_invoker = true) as
select g.id, g.fingerprint, g.environment, g.severity, g.code, g.message, g.event_count, g.first_seen_at, g.last_seen_at,
       g.acknowledged_at, g.acknowledged_by, g.note, g.event_count - coalesce(g.acknowledged_count, 0) as new_count
from app.error_groups g;

comment on view api.error_groups is 'Errors that are the same fault, with how often they happened; for operators and admins.';
comment on column api.error_groups.new_count is 'How often it happened since somebody acknowledged it.';
grant select on api.error_groups to mm_operator, mm_admin;

create view api.error_events with (security_invoker = true) as
select e.id, e.occurred_at, e.group_id, e.environment, e.severity, e.code, e.message, e.stack, e.context, e.request_id
from app.error_events e;

comment on view api.error_events is 'Errors in full, scrubbed, at most 20 an hour of each group; for operators and admins.';
grant select on api.error_events to mm_operator, mm_admin;

-- Says that an error is known, as often as it has happened so far. When it happens again, that is new again.
create function api.acknowledge_error(group_id uuid, note text, out id uuid, out acknowledged_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  known app.error_groups;
begin
  perform app.refuse_fields(app.note_errors(acknowledge_error.note));
  select g.* into known from app.error_groups g where g.id = acknowledge_error.group_id for no key update;
  if not found then
    perform app.fail(404, 'error.not_found', 'There is no such error.');
  end if;
  if known.acknowledged_count = known.event_count then
    perform app.fail(409, 'error.acknowledged', 'This error has been acknowledged, and has not happened since.');
  end if;
  update app.error_groups g
  set acknowledged_at = now(), acknowledged_by = me, acknowledged_count = g.event_count, note = btrim(acknowledge_error.note)
  where g.id = known.id
  returning g.id, g.acknowledged_at into acknowledge_error.id, acknowledge_error.acknowledged_at;
  perform audit.record(
    'error.acknowledged', 'error', known.id::text, null, btrim(acknowledge_error.note),
    jsonb_build_object('code', known.code, 'eventCount', known.event_count));
end
$$;

comment on function api.acknowledge_error(uuid, text) is 'Says that an error is known, with a note.';
grant execute on function api.acknowledge_error(uuid, text) to mm_operator, mm_admin;
