-- Says that a manual step has been done, with a note and the vendor's reference; for compliance staff, and not about themself. The note
-- stays in the receipt, so it must not name the person: an address in it is refused.
create function api.complete_erasure_step(step_id uuid, note text, reference text default null, out id uuid, out state text)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  step app.erasure_steps;
  errors jsonb[] := '{}';
  told text := btrim(complete_erasure_step.note);
  referred text := nullif(btrim(complete_erasure_step.reference), '');
begin
  if coalesce(length(told), 0) not between 3 and 500 then
    errors := errors || app.field_error('note', 'length', 'Say what was done, in 3 to 500 characters.');
  elsif told ~ '[^\s@]@[^\s@]' then
    errors := errors || app.field_error('note', 'personal', 'The note stays in the receipt: leave addresses out.');
  end if;
  if length(referred) > 200 then
    errors := errors || app.field_error('reference', 'length', 'The reference may have at most 200 characters.');
  elsif referred ~ '[^\s@]@[^\s@]' then
    errors := errors || app.field_error('reference', 'personal', 'The reference stays in the receipt: leave addresses out.');
  end if;
  perform app.refuse_fields(errors);

  select s.* into step from app.erasure_steps s where s.id = complete_erasure_step.step_id;
  -- The worker and the holds lock the request and the person before a step.
  perform from app.erasure_requests r where r.id = step.request_id for no key update;
  perform from app.profiles p where p.id = step.profile_id for no key update;
  select s.* into step from app.erasure_steps s where s.id = complete_erasure_step.step_id for no key update;
  if step.id is null then
    perform app.fail(404, 'erasure.step_not_found', 'There is no such step.');
  end if;
  if not step.is_manual then
    perform app.fail(409, 'erasure.step_not_manual', 'This step is carried out by the system itself.');
  end if;
  if step.state <> 'planned' then
    perform app.fail(409, 'erasure.step_state', 'This step has been completed before.');
  end if;
  if step.profile_id = me then
    perform app.fail(403, 'erasure.own_request', 'Nobody decides about the erasure of their own account.');
  end if;
  if exists (select from app.legal_holds h where h.profile_id = step.profile_id and h.lifted_at is null) then
    perform app.fail(409, 'erasure.held', 'The data of this person are under a legal hold.');
  end if;

  update app.erasure_steps s
  set state = 'done', attempts = 1, started_at = now(), finished_at = now(), completed_by = me,
      evidence = jsonb_strip_nulls(jsonb_build_object('note', told, 'reference', referred, 'completed_by', me))
  where s.id = step.id
  returning s.id, s.state into complete_erasure_step.id, complete_erasure_step.state;
  perform audit.record(
    'erasure_step.completed', 'erasure_step', step.id::text, step.profile_id, null,
    jsonb_build_object('request_id', step.request_id, 'system', step.system, 'action', step.action));
end
$$;

comment on function api.complete_erasure_step(uuid, text, text) is
  'Says that a manual step of an erasure has been done, with a note and the vendor''s reference.';
grant execute on function api.complete_erasure_step(uuid, text, text) to mm_compliance;
