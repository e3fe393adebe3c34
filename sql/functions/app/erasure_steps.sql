-- How the worker carries out approved erasures: it claims a step, does it, and says how it went. Any number of workers may; a step that a
-- killed worker had begun is claimed again when its lease is over.

-- For how long a step is its worker's: what a vendor's answers take at most, and a wide margin.
create function app.erasure_lease() returns interval
language sql immutable set search_path = '' as $$ select interval '2 minutes' $$;

-- Claims the next step that may be begun, of the request that is due first; nulls when there is none. Nothing of somebody whose data are
-- held is begun: placing a hold locks the same row of app.profiles.
create function app.claim_erasure_step(out step_id uuid, out request_id uuid, out system text, out action text, out target text)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  request app.erasure_requests;
begin
  for request in
    select r.* from app.erasure_requests r where r.state in ('approved', 'running') order by r.due_at, r.id for no key update skip locked
  loop
    perform from app.profiles p where p.id = request.profile_id for no key update;
    continue when exists (select from app.legal_holds h where h.profile_id = request.profile_id and h.lifted_at is null);
    if request.state = 'approved' then
      perform audit.explain('erasure_request.started');
      update app.erasure_requests r set state = 'running' where r.id = request.id;
      perform audit.explain();
    end if;
    perform app.plan_erasure(request);

    update app.erasure_steps s
    set state = 'running', attempts = s.attempts + 1, next_attempt_at = now() + app.erasure_lease(),
        started_at = coalesce(s.started_at, now())
    where s.id = (
      select c.id from app.erasure_steps c
      where c.request_id = request.id and c.state in ('planned', 'running', 'failed') and not c.is_manual
        and c.next_attempt_at <= now()
        and not exists (
          select from app.erasure_steps o
          where o.request_id = c.request_id and o.phase < c.phase and o.state not in ('done', 'kept')
            and not (o.phase = 2 and c.phase = 3))
      order by c.phase, c.action not in ('keep', 'expire'), c.id
      limit 1)
    returning s.id, s.request_id, s.system, s.action, s.target into step_id, request_id, system, action, target;
    exit when step_id is not null;
  end loop;
end
$$;

-- Carries out a claimed step of our own, in one transaction with its evidence. Answers the step's state; `held` when a hold was placed
-- since it was claimed, and nothing was done.
create function app.carry_out_erasure_step(step_id uuid) returns text
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  step app.erasure_steps;
  request app.erasure_requests;
  proof jsonb;
  new_state text;
begin
  select r.* into request
  from app.erasure_requests r
  where r.id = (select s.request_id from app.erasure_steps s where s.id = step_id) for no key update;
  select s.* into step from app.erasure_steps s where s.id = step_id for no key update;
  if step.id is null or step.system not in ('postgres', 'audit') then
    perform app.fail(404, 'erasure.step_not_found', 'There is no such step of the database.');
  end if;
  if step.state <> 'running' then
    return step.state;
  end if;
  perform from app.profiles p where p.id = request.profile_id for no key update;
  if exists (select from app.legal_holds h where h.profile_id = request.profile_id and h.lifted_at is null) then
    return 'held';
  end if;

  perform audit.explain(reason => 'Erasure of the account.');
  proof := case step.action
    when 'suspend' then app.shut_out(request)
    when 'revoke' then app.revoke_links_of(request)
    when 'deny' then app.deny_sessions_of(request)
    when 'withdraw' then app.withdraw_videos_of(request)
    when 'keep' then app.keep_column(request.profile_id, step.table_name, step.column_name, step.action)
    when 'expire' then app.keep_column(request.profile_id, step.table_name, step.column_name, step.action)
    else app.erase_column(request.profile_id, step.table_name, step.column_name, step.action)
  end;
  perform audit.explain();
  new_state := case when step.action in ('keep', 'expire') then 'kept' else 'done' end;
  update app.erasure_steps s
  set state = new_state, evidence = proof, finished_at = clock_timestamp(), last_error = null
  where s.id = step.id;
  return new_state;
end
$$;

-- What Mux answered, for a claimed step that has succeeded: it does not have the asset any more, or takes no more bytes for the upload.
create function app.finish_erasure_step(step_id uuid, evidence jsonb) returns text
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  step app.erasure_steps;
begin
  select s.* into step from app.erasure_steps s where s.id = step_id for no key update;
  if step.id is null or step.system <> 'mux' then
    perform app.fail(404, 'erasure.step_not_found', 'There is no such step of a vendor.');
  end if;
  if step.state <> 'running' then
    return step.state;
  end if;
  if jsonb_typeof(evidence) is distinct from 'object' then
    perform app.refuse_fields(array[app.field_error('evidence', 'type', 'The evidence of a step is an object.')]);
  end if;
  perform audit.explain(reason => 'Erasure of the account.');
  if step.action = 'delete' then
    perform app.apply_asset(jsonb_build_object('id', step.target), now(), is_deleted => true);
  else
    perform app.advance_upload_job(app.find_upload_job(step.target, null), 'cancelled', now());
  end if;
  perform audit.explain();
  update app.erasure_steps s
  set state = 'done', evidence = finish_erasure_step.evidence, finished_at = clock_timestamp(), last_error = null
  where s.id = step.id;
  return 'done';
end
$$;

-- Remembers that a claimed step failed, and when it may be begun again: after 10 seconds, then twice as long each time, up to 15 minutes.
-- The error is a code, never a value of the person.
create function app.fail_erasure_step(step_id uuid, error text) returns timestamptz
language sql volatile security definer
set search_path = ''
as $$
  update app.erasure_steps s
  set state = 'failed', last_error = left(coalesce(nullif(btrim(error), ''), 'unknown'), 500),
      next_attempt_at = now() + least(interval '15 minutes', interval '10 seconds' * power(2, least(s.attempts, 10) - 1))
  where s.id = step_id and s.state = 'running'
  returning s.next_attempt_at
$$;

grant execute on function
  app.claim_erasure_step(), app.carry_out_erasure_step(uuid), app.finish_erasure_step(uuid, jsonb), app.fail_erasure_step(uuid, text)
  to mm_service;
