-- What one function alone may change, however an update is written: the end of a link moves later by api.extend_share_token(), its secret is
-- replaced by api.rotate_share_token(), each while the link lives. The function names itself and the link for the length of its update.
-- A link that is for recipients never becomes one for everybody.
create function app.tg_share_token_guarded() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  told text := coalesce(current_setting('mm.share_change', true), '');
  lives boolean := old.revoked_at is null and old.expires_at > now();
begin
  if new.expires_at is distinct from old.expires_at
     and not (told = 'extend ' || old.id and lives and new.expires_at > old.expires_at) then
    perform app.fail(409, 'data.immutable', 'expires_at cannot be changed.', 'expires_at');
  end if;
  if new.secret_hash is distinct from old.secret_hash and not (told = 'rotate ' || old.id and lives) then
    perform app.fail(409, 'data.immutable', 'secret_hash cannot be changed.', 'secret_hash');
  end if;
  if old.recipients_only and not new.recipients_only then
    perform app.fail(409, 'data.immutable', 'recipients_only cannot be changed.', 'recipients_only');
  end if;
  return new;
end
$$;
