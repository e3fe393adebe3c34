-- Rotation of the key that playback tokens are signed with (SH-17): created, active, draining, deleted. Mux accepts every key that it has
-- not deleted, so tokens of the old key and of the new one open the video at the same time.

-- What a signing key may become.
create function app.signing_key_transitions() returns table (from_state text, to_state text)
language sql immutable set search_path = ''
as $$ values ('created', 'active'), ('active', 'draining'), ('draining', 'deleted') $$;

create function app.tg_signing_key_only_on() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.state <> old.state
     and not exists (select from app.signing_key_transitions() t where t.from_state = old.state and t.to_state = new.state) then
    perform app.fail(409, 'key.state_order', format('A signing key does not go from %s to %s.', old.state, new.state));
  end if;
  return new;
end
$$;

-- For how long the old key is kept: the longest life of a token, and a minute in which every process learns of the switch.
create function app.signing_key_drain() returns interval
language sql stable set search_path = ''
as $$ select make_interval(secs => app.max_playback_token_ttl()) + interval '1 minute' $$;

-- The keys that Mux still accepts, the active one first; none before the first rotation. `drained_at` is when a draining one may go.
create function app.signing_keys_in_use() returns table (id text, state text, sealed_private_key bytea, drained_at timestamptz)
language sql stable security definer
set search_path = ''
as $$
  select k.id, k.state, k.sealed_private_key, k.draining_at + app.signing_key_drain()
  from app.signing_keys k
  where k.state <> 'deleted'
  order by array_position(array['active', 'created', 'draining'], k.state)
$$;

-- Writes down a key that Mux has made. The first rotation writes down the key of the configuration before, which signs already:
-- `is_signing`. Refused while another rotation has one waiting.
create function app.add_signing_key(key_id text, sealed_private_key bytea, is_signing boolean default false) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform app.refuse_fields(array_remove(array[
    case when coalesce(key_id !~ '^[A-Za-z0-9_-]{1,255}$', true)
      then app.field_error('key_id', 'format', 'A key is named by letters, digits, _ and -.') end,
    case when sealed_private_key is null
      then app.field_error('sealed_private_key', 'required', 'A key has a private half.') end
  ], null));
  if exists (
    select from app.signing_keys k
    where k.id = key_id or k.state = case when is_signing then 'active' else 'created' end) then
    perform app.fail(409, 'key.in_the_way', 'This key is known, or another one waits or signs.');
  end if;
  insert into app.signing_keys (id, state, sealed_private_key, active_at)
  values (key_id, case when is_signing then 'active' else 'created' end, add_signing_key.sealed_private_key,
          case when is_signing then now() end);
end
$$;

-- From now on tokens are signed with this key, and the one before drains. Both in one transaction; refused while an older one drains still.
create function app.switch_signing_key(key_id text) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform from app.signing_keys k where k.state <> 'deleted' order by k.id for no key update;
  if not exists (select from app.signing_keys k where k.id = key_id and k.state = 'created') then
    perform app.fail(404, 'key.not_found', 'There is no such key waiting to sign.');
  end if;
  if exists (select from app.signing_keys k where k.state = 'draining') then
    perform app.fail(409, 'key.in_the_way', 'The key before is not deleted yet.');
  end if;
  update app.signing_keys k set state = 'draining', draining_at = now() where k.state = 'active';
  update app.signing_keys k set state = 'active', active_at = now() where k.id = key_id;
end
$$;

-- Mux has deleted this key: its private half goes here too. Refused before every token it signed is over.
create function app.delete_signing_key(key_id text) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  since timestamptz;
begin
  select k.draining_at into since from app.signing_keys k where k.id = key_id and k.state = 'draining' for no key update;
  if not found then
    perform app.fail(404, 'key.not_found', 'There is no such key that drains.');
  end if;
  if since + app.signing_key_drain() > now() then
    perform app.fail(
      409, 'key.draining', 'Tokens of this key may still be out.', null,
      ceil(extract(epoch from since + app.signing_key_drain() - now()))::integer);
  end if;
  update app.signing_keys k set state = 'deleted', deleted_at = now(), sealed_private_key = null where k.id = key_id;
end
$$;

grant execute on function
  app.signing_keys_in_use(), app.add_signing_key(text, bytea, boolean), app.switch_signing_key(text), app.delete_signing_key(text)
  to mm_service;
