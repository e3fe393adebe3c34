-- Shows compliance staff whom an open request is about, to check who asks and to find the account at the vendors: a privileged read, and
-- an entry of the audit log. Once the identity has been erased there is nothing to show.
create function api.disclose_erasure_subject(request_id uuid, out subject text, out email text, out display_name text)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  request app.erasure_requests;
begin
  select r.* into request from app.erasure_requests r where r.id = disclose_erasure_subject.request_id;
  if not found then
    perform app.fail(404, 'erasure.not_found', 'There is no such request, or it is not yours.');
  end if;
  if request.state not in ('requested', 'approved', 'running') then
    perform app.fail(409, 'erasure.decided', format('This request has been %s.', request.state));
  end if;
  if request.profile_id = me then
    perform app.fail(403, 'erasure.own_request', 'Nobody decides about the erasure of their own account.');
  end if;
  perform audit.record('erasure_request.disclosed', 'erasure_request', request.id::text, request.profile_id);
  select p.subject, p.email, p.display_name
  into disclose_erasure_subject.subject, disclose_erasure_subject.email, disclose_erasure_subject.display_name
  from app.profiles p where p.id = request.profile_id;
end
$$;

comment on function api.disclose_erasure_subject(uuid) is
  'Whom an open request to erase is about: the id at the identity provider, the address and the name. Audited.';
grant execute on function api.disclose_erasure_subject(uuid) to mm_compliance;
