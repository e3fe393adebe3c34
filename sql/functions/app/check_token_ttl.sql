-- Refuses a playback token life outside 1 second to 15 minutes (SH-03), whoever asks.
create function app.check_token_ttl(token_ttl_seconds integer) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if token_ttl_seconds is null or token_ttl_seconds not between 1 and app.max_playback_token_ttl() then
    perform app.refuse_fields(array[
      app.field_error('token_ttl_seconds', 'range', 'A playback token lives between 1 second and 15 minutes.')]);
  end if;
end
$$;
