-- Moves an erasure request on from `requested`, with who decided and why. `subject_only`: only the request of one's own account is found.
create function app.decide_erasure(request_id uuid, new_state text, reason text, subject_only boolean) returns app.erasure_requests
language plpgsql volatile
set search_path = ''
as $$
declare
  me uuid := authz.require_profile();
  request app.erasure_requests;
begin
  perform app.refuse_fields(app.reason_errors(reason));
  select r.* into request from app.erasure_requests r where r.id = request_id for no key update;
  if not found or (subject_only and request.profile_id <> me) then
    perform app.fail(404, 'erasure.not_found', 'There is no such request, or it is not yours.');
  end if;
  if request.state <> 'requested' then
    perform app.fail(409, 'erasure.decided', format('This request has been %s.', request.state));
  end if;
  if not subject_only and request.profile_id = me then
    perform app.fail(403, 'erasure.own_request', 'Nobody decides about the erasure of their own account.');
  end if;

  if new_state = 'approved' then
    -- Placing a hold locks the same row: of the two that come at one moment, the second sees the first.
    perform from app.profiles p where p.id = request.profile_id for no key update;
    if exists (select from app.legal_holds h where h.profile_id = request.profile_id and h.lifted_at is null) then
      perform app.fail(409, 'erasure.held', 'The data of this person are under a legal hold.');
    end if;
    perform authz.use_confirmation('erasure_request.approved');
  end if;

  perform audit.explain('erasure_request.' || new_state, btrim(decide_erasure.reason));
  update app.erasure_requests r
  set state = new_state, decided_by = me, decided_at = now(), decision_reason = btrim(decide_erasure.reason)
  where r.id = request.id
  returning r.* into request;
  perform audit.explain();
  return request;
end
$$;
