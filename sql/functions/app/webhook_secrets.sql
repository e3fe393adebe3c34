-- Rotation of the secrets that providers sign their webhooks with (UP-11): pending, active, draining, deleted. Every secret that is not
-- deleted is accepted, so that deliveries signed with the old one and with the new one are both stored.

-- What a webhook secret may become. One that no delivery was ever signed with may be withdrawn: it was a slip.
create function app.webhook_secret_transitions() returns table (from_state text, to_state text)
language sql immutable set search_path = ''
as $$ values ('pending', 'active'), ('pending', 'deleted'), ('active', 'draining'), ('draining', 'deleted') $$;

create function app.tg_webhook_secret_only_on() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.state <> old.state
     and not exists (select from app.webhook_secret_transitions() t where t.from_state = old.state and t.to_state = new.state) then
    perform app.fail(409, 'key.state_order', format('A webhook secret does not go from %s to %s.', old.state, new.state));
  end if;
  return new;
end
$$;

-- For how long an old secret is accepted after the last delivery that was signed with it: providers repeat for a day what was not stored.
create function app.webhook_secret_drain() returns interval
language sql immutable set search_path = '' as $$ select interval '24 hours' $$;

-- The most secrets of one provider that are accepted at once: every forged delivery costs one comparison with each.
create function app.most_webhook_secrets() returns integer
language sql immutable set search_path = '' as $$ select 4 $$;

-- The secrets that are accepted, the active one of each provider first; none of a provider before its first rotation. `drained_at` is when
-- a draining one may go.
create function app.webhook_secrets_in_use() returns table (
  id text, provider text, state text, sealed_secret bytea, last_seen_at timestamptz, drained_at timestamptz
)
language sql stable security definer
set search_path = ''
as $$
  select s.id, s.provider, s.state, s.sealed_secret, s.last_seen_at,
         greatest(s.draining_at, s.last_seen_at) + app.webhook_secret_drain()
  from app.webhook_secrets s
  where s.state <> 'deleted'
  order by s.provider, array_position(array['active', 'pending', 'draining'], s.state), s.draining_at, s.id
$$;

-- The first rotation of a provider writes down the secrets of the configuration, the newest first: the first becomes active, the others
-- drain. From then on the configuration's are no longer looked at.
create function app.adopt_webhook_secrets(provider text, secret_ids text[], sealed_secrets bytea[]) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_variable
begin
  perform app.refuse_fields(array_remove(array[
    app.webhook_provider_error(provider),
    case when not coalesce(app.is_flat(secret_ids) and cardinality(secret_ids) between 1 and app.most_webhook_secrets(), false)
           or exists (select from unnest(secret_ids) x where x !~ '^[0-9a-f]{16}$')
      then app.field_error('secret_ids', 'format', 'Name one to four secrets by their fingerprints.') end,
    case when not coalesce(app.is_flat(sealed_secrets) and cardinality(sealed_secrets) = cardinality(secret_ids), false)
      then app.field_error('sealed_secrets', 'required', 'Each secret has its sealed value.') end
  ], null));
  perform pg_advisory_xact_lock(hashtextextended('mm.app.webhook_secrets:' || provider, 0));
  if exists (select from app.webhook_secrets s where s.provider = provider) then
    perform app.fail(409, 'key.in_the_way', 'The secrets of this provider have been written down already.');
  end if;
  insert into app.webhook_secrets (id, provider, state, sealed_secret, active_at, draining_at)
  select g.id, provider, case g.no when 1 then 'active' else 'draining' end, g.sealed, case g.no when 1 then now() end,
         case when g.no > 1 then now() end
  from unnest(secret_ids, sealed_secrets) with ordinality as g (id, sealed, no);
end
$$;

create function app.webhook_provider_error(provider text) returns jsonb
language sql immutable set search_path = ''
as $$
  select case when coalesce(provider not in ('mux', 'clerk', 'resend'), true)
    then app.field_error('provider', 'choice', 'Providers are mux, clerk and resend.') end
$$;

-- Accepts a new secret from now on, beside the others. One that waited and was never seen is withdrawn for it.
create function app.add_webhook_secret(provider text, secret_id text, sealed_secret bytea) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_variable
begin
  perform app.refuse_fields(array_remove(array[
    app.webhook_provider_error(provider),
    case when coalesce(secret_id !~ '^[0-9a-f]{16}$', true)
      then app.field_error('secret_id', 'format', 'A secret is named by its fingerprint.') end,
    case when sealed_secret is null then app.field_error('sealed_secret', 'required', 'A secret has its sealed value.') end
  ], null));
  perform pg_advisory_xact_lock(hashtextextended('mm.app.webhook_secrets:' || provider, 0));
  if not exists (select from app.webhook_secrets s where s.provider = provider and s.state = 'active') then
    perform app.fail(404, 'key.not_found', 'The secrets of the configuration have not been written down yet.');
  end if;
  if exists (select from app.webhook_secrets s where s.id = secret_id) then
    perform app.fail(409, 'key.in_the_way', 'This secret has been used before. Take one that the provider made anew.');
  end if;
  if exists (select from app.webhook_secrets s where s.provider = provider and s.state = 'pending' and s.last_seen_at is not null) then
    perform app.fail(409, 'key.in_the_way', 'The secret before is in use already. Let its rotation end first.');
  end if;
  update app.webhook_secrets s set state = 'deleted', deleted_at = now(), sealed_secret = null
  where s.provider = provider and s.state = 'pending';
  if (select count(*) from app.webhook_secrets s where s.provider = provider and s.state <> 'deleted') >= app.most_webhook_secrets() then
    perform app.fail(409, 'key.in_the_way', 'Too many old secrets are accepted still. Delete one first.');
  end if;
  insert into app.webhook_secrets (id, provider, sealed_secret) values (secret_id, provider, sealed_secret);
end
$$;

-- Deliveries signed with these secrets have been seen.
create function app.see_webhook_secrets(secret_ids text[]) returns void
language sql volatile security definer
set search_path = ''
as $$
  update app.webhook_secrets s set last_seen_at = now() where s.id = any (secret_ids) and s.state <> 'deleted'
$$;

-- The provider is known to sign with the new secret: the one before drains. Refused while no delivery signed with it was seen.
create function app.switch_webhook_secret(secret_id text) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  fresh app.webhook_secrets;
begin
  select s.* into fresh from app.webhook_secrets s where s.id = secret_id and s.state = 'pending' for no key update;
  if not found then
    perform app.fail(404, 'key.not_found', 'There is no such secret waiting.');
  end if;
  if fresh.last_seen_at is null then
    perform app.fail(409, 'key.unused', 'No delivery signed with the new secret has come yet.');
  end if;
  update app.webhook_secrets s set state = 'draining', draining_at = now() where s.provider = fresh.provider and s.state = 'active';
  update app.webhook_secrets s set state = 'active', active_at = now() where s.id = secret_id;
end
$$;

-- From now on deliveries signed with this secret are refused. Not before the provider is done with it, unless it has leaked: then at once.
create function app.delete_webhook_secret(secret_id text, has_leaked boolean default false) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  until timestamptz;
begin
  select greatest(s.draining_at, s.last_seen_at) + app.webhook_secret_drain() into until
  from app.webhook_secrets s where s.id = secret_id and s.state = 'draining' for no key update;
  if not found then
    perform app.fail(404, 'key.not_found', 'There is no such secret that drains.');
  end if;
  if until > now() and has_leaked is not true then
    perform app.fail(
      409, 'key.draining', 'Deliveries signed with this secret may still come.', null, ceil(extract(epoch from until - now()))::integer);
  end if;
  update app.webhook_secrets s set state = 'deleted', deleted_at = now(), sealed_secret = null where s.id = secret_id;
end
$$;

grant execute on function
  app.webhook_secrets_in_use(), app.adopt_webhook_secrets(text, text[], bytea[]), app.add_webhook_secret(text, text, bytea),
  app.see_webhook_secrets(text[]), app.switch_webhook_secret(text), app.delete_webhook_secret(text, boolean)
  to mm_service;
