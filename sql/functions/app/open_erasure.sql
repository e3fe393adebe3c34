-- Opens a request to erase a person's data. One at a time: a second is refused until it is decided against or completed.
create function app.open_erasure(subject_id uuid, reason text) returns app.erasure_requests
language plpgsql volatile
set search_path = ''
as $$
declare
  request app.erasure_requests;
begin
  perform from app.profiles p where p.id = subject_id for no key update;
  if exists (
    select from app.erasure_requests r where r.profile_id = subject_id and r.state in ('requested', 'approved', 'running')
  ) then
    perform app.fail(409, 'erasure.already_requested', 'The erasure of this account has been requested already.');
  end if;
  insert into app.erasure_requests as r (profile_id, reason, requested_by, due_at)
  values (subject_id, btrim(open_erasure.reason), authz.profile_id(), now() + interval '24 hours')
  returning r.* into request;
  return request;
end
$$;
