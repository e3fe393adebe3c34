-- The receipt of an erasure whose steps have all ended: facts, evidence, and opaque ids; never a value that was erased.
create function app.erasure_receipt(request app.erasure_requests, completed_at timestamptz) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'format', 'motion-mavericks/erasure-receipt/1',
    'request', request.id,
    'subject', request.profile_id,
    'requested_at', audit.time_text(request.requested_at),
    'approved_at', audit.time_text(request.decided_at),
    'due_at', audit.time_text(request.due_at),
    'completed_at', audit.time_text(completed_at),
    'is_overdue', completed_at > request.due_at,
    'steps', coalesce(jsonb_agg(jsonb_build_object(
        'system', s.system, 'action', s.action, 'target', s.target, 'attempts', s.attempts, 'is_manual', s.is_manual,
        'started_at', audit.time_text(s.started_at), 'finished_at', audit.time_text(s.finished_at), 'evidence', s.evidence)
      order by s.phase, s.target, s.action) filter (where s.state = 'done'), '[]'),
    'kept', coalesce(jsonb_agg(jsonb_build_object('target', s.target, 'action', s.action, 'evidence', s.evidence)
      order by s.target) filter (where s.state = 'kept'), '[]'))
  from app.erasure_steps s where s.request_id = request.id
$$;

-- Completes every erasure whose steps have all ended, unless its data are held: looks once more for what has come since, asks the
-- queries of the evidence again, and writes the receipt. A step that is found undone has failed and is begun again. Answers how many
-- were completed.
create function app.complete_erasures() returns integer
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  request app.erasure_requests;
  step app.erasure_steps;
  remaining bigint;
  text_of_receipt text;
  ended timestamptz;
  completed integer := 0;
begin
  for request in
    select r.* from app.erasure_requests r
    where r.state = 'running' and not exists (
      select from app.erasure_steps s where s.request_id = r.id and s.state not in ('done', 'kept'))
    order by r.due_at, r.id for no key update skip locked
  loop
    perform from app.profiles p where p.id = request.profile_id for no key update;
    continue when exists (select from app.legal_holds h where h.profile_id = request.profile_id and h.lifted_at is null);
    perform app.plan_erasure(request);
    for step in
      select s.* from app.erasure_steps s
      where s.request_id = request.id and s.column_name is not null and s.state = 'done'
    loop
      execute app.erasure_check(step.table_name, step.column_name, step.action) into remaining using request.profile_id;
      if remaining > 0 then
        update app.erasure_steps s
        set state = 'failed', finished_at = null, last_error = 'undone', next_attempt_at = now()
        where s.id = step.id;
      end if;
    end loop;
    continue when exists (
      select from app.erasure_steps s where s.request_id = request.id and s.state not in ('done', 'kept'));

    ended := clock_timestamp();
    text_of_receipt := app.erasure_receipt(request, ended)::text;
    insert into app.erasure_receipts (request_id, profile_id, completed_at, body, sha256)
    values (request.id, request.profile_id, ended, text_of_receipt, sha256(convert_to(text_of_receipt, 'UTF8')));
    update app.erased_subjects e set erased_at = ended where e.profile_id = request.profile_id;
    perform audit.explain('erasure_request.completed');
    update app.erasure_requests r set state = 'completed', completed_at = ended where r.id = request.id;
    perform audit.explain();
    completed := completed + 1;
  end loop;
  return completed;
end
$$;

grant execute on function app.complete_erasures() to mm_service;

-- Whether this id at the identity provider belongs to somebody whose erasure has begun. One hash for each of them, so it is asked only
-- about people without a profile.
create function app.is_erased_subject(subject text) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (select from app.erased_subjects e where e.subject_hash = sha256(e.salt || convert_to(subject, 'UTF8')))
$$;
