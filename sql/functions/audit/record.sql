-- Writes one entry by hand: for a privileged read, which no trigger sees. Details are facts about it without personal values.
create function audit.record(
  action text, object_type text, object_id text, owner_id uuid, reason text default null, details jsonb default null
) returns void
language sql volatile
set search_path = ''
as $$
  insert into audit.entries (
    actor_subject, actor_profile_id, actor_role, acting_as, door, request_id, action, object_type, object_id, owner_id, reason, after)
  values (
    authz.subject(), authz.profile_id(), authz.caller_role(), authz.claims() -> 'act', authz.door(), authz.request_id(),
    action, object_type, object_id, owner_id, reason, details)
$$;
