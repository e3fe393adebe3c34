-- The keys and secrets that rotate, of both tables under one name, without what is secret of them.
create function api.keys() returns table (
  rotation text, id text, state text, created_at timestamptz, active_at timestamptz, draining_at timestamptz, drained_at timestamptz,
  deleted_at timestamptz, last_seen_at timestamptz
)
language plpgsql stable security definer
set search_path = ''
as $$
declare
  me uuid := authz.require_profile();
begin
  return query
  select k.* from (
    select 'mux-signing', s.id, s.state, s.created_at, s.active_at, s.draining_at, s.draining_at + app.signing_key_drain(), s.deleted_at,
           null::timestamptz
    from app.signing_keys s
    union all
    select w.provider || '-webhook', w.id, w.state, w.created_at, w.active_at, w.draining_at,
           case when w.draining_at is not null then greatest(w.draining_at, w.last_seen_at) + app.webhook_secret_drain() end, w.deleted_at,
           w.last_seen_at
    from app.webhook_secrets w
  ) k (rotation, id, state, created_at, active_at, draining_at, drained_at, deleted_at, last_seen_at)
  order by k.rotation, k.deleted_at desc nulls first, k.created_at desc, k.id
  limit 200;
end
$$;

comment on function api.keys() is
  'Signing keys and webhook secrets that rotate, with state and times, the 200 newest; never the key. For operators and admins.';

-- Somebody begins a rotation of a key or goes on with it, and says why (SH-17, UP-11). The api takes the steps after this is committed; each
-- of them is an entry of its own, with the same request.
create function api.ask_key_rotation(rotation text, reason text, has_leaked boolean default false) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  me uuid := authz.require_profile();
begin
  perform app.refuse_fields(
    app.reason_errors(reason) || array_remove(array[
      case when coalesce(rotation not in ('mux-signing', 'mux-webhook', 'clerk-webhook', 'resend-webhook'), true)
        then app.field_error('rotation', 'choice', 'There is no such key to rotate.') end,
      case when has_leaked is null then app.field_error('has_leaked', 'required', 'Say whether it has leaked.') end
    ], null));
  perform authz.use_confirmation('key_rotation.asked');
  perform audit.record('key_rotation.asked', 'key_rotation', rotation, null, btrim(reason), jsonb_build_object('has_leaked', has_leaked));
end
$$;

comment on function api.ask_key_rotation(text, text, boolean) is
  'Records that somebody begins or continues a rotation, with a reason and a fresh confirmation. `POST /api/keys/rotations` calls it and takes the steps.';
grant execute on function api.keys(), api.ask_key_rotation(text, text, boolean) to mm_operator, mm_admin;
