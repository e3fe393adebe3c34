-- Id of the HTTP request, as the door passed it on; at most 200 characters.
create function authz.request_id() returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return left(nullif(nullif(current_setting('request.headers', true), '')::jsonb ->> 'x-request-id', ''), 200);
end
$$;
