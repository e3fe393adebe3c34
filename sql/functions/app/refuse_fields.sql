-- Refuses with every wrong field at once, so that a form need not be sent once per mistake. Does nothing when there is none.
create function app.refuse_fields(errors jsonb[]) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if cardinality(errors) > 0 then
    raise exception using
      errcode = 'PT422',
      message = (select string_agg(e ->> 'detail', ' ') from unnest(errors) e),
      hint = 'request.invalid',
      detail = jsonb_build_object('errors', to_jsonb(errors))::text;
  end if;
end
$$;

-- Harmless, and called by triggers of tables that these roles may change.
grant execute on function app.refuse_fields(jsonb[]) to mm_coach, mm_admin;
