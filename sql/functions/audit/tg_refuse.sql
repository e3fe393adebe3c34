-- Refuses every change of what has been written. For the owner too: the log is append-only for everybody.
create function audit.tg_refuse() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform app.fail(403, 'audit.append_only', 'The audit log can only be added to.');
  return null;
end
$$;
