-- The one way to refuse on purpose. PTxyz becomes HTTP status xyz at both doors; the hint is the stable code that programs compare;
-- the message is the sentence for the person; a field becomes a pointer to it (RFC 9457, docs of the problem codes in the api).
create function app.fail(
  status integer, code text, message text, field text default null, retry_after_seconds integer default null
) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  detail jsonb := '{}';
begin
  if field is not null then
    detail := jsonb_build_object('errors', jsonb_build_array(app.field_error(field, code, message)));
  end if;
  if retry_after_seconds is not null then
    detail := detail || jsonb_build_object('retryAfterSeconds', retry_after_seconds);
  end if;
  if detail = '{}' then
    raise exception using errcode = format('PT%s', status), message = message, hint = code;
  end if;
  raise exception using errcode = format('PT%s', status), message = message, hint = code, detail = detail::text;
end
$$;

-- Harmless, and called by triggers of tables that these roles may change.
grant execute on function app.fail(integer, text, text, text, integer) to mm_coach, mm_admin;
