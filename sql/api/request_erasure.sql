-- Asks for the erasure of one's own account, with what one wants to say about it (CO-01). Due in 24 hours.
create function api.request_erasure(reason text, out id uuid, out due_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
begin
  perform app.refuse_fields(app.reason_errors(request_erasure.reason));
  select o.id, o.due_at into request_erasure.id, request_erasure.due_at
  from app.open_erasure(me, request_erasure.reason) o;
end
$$;

comment on function api.request_erasure(text) is 'Asks for the erasure of the caller''s own account.';
grant execute on function api.request_erasure(text) to mm_coach;

-- The same for somebody who asked by another way, named by the address of their account. For compliance staff.
create function api.request_erasure_for(email text, reason text, out id uuid, out due_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  wanted text := lower(btrim(request_erasure_for.email));
  errors jsonb[] := app.reason_errors(request_erasure_for.reason);
  found_ids uuid[];
begin
  if coalesce(length(wanted), 0) not between 3 and 320 then
    errors := errors || app.field_error('email', 'length', 'Name the account by its address, of 3 to 320 characters.');
  end if;
  perform app.refuse_fields(errors);
  select array_agg(p.id) into found_ids from app.profiles p where lower(p.email) = wanted;
  if coalesce(cardinality(found_ids), 0) <> 1 then
    perform app.fail(404, 'profile.not_found', 'There is not exactly one account with this address.', 'email');
  end if;
  select o.id, o.due_at into request_erasure_for.id, request_erasure_for.due_at
  from app.open_erasure(found_ids[1], request_erasure_for.reason) o;
end
$$;

comment on function api.request_erasure_for(text, text) is 'Opens a request to erase the account with this address.';
grant execute on function api.request_erasure_for(text, text) to mm_compliance;
